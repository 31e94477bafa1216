package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestBtrfsLiesOnAllOfItsDisks(t *testing.T) {
	t.Parallel()
	disks := func(uuid string) string {
		return `{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","fstype":"crypto_LUKS","children":[{"name":"luks-data","kname":"dm-0","type":"crypt","fstype":"btrfs","uuid":"a","mountpoint":"/"}]},
			{"name":"sdb","kname":"sdb","type":"disk","fstype":"btrfs","uuid":` + uuid + `}]}`
	}
	for uuid, want := range map[string]string{`"a"`: "implementation none", `"b"`: "implementation customer-managed", `null`: "implementation none"} {
		c := capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(nil), map[string]capture.Command{"lsblk": output(disks(uuid)), "dmsetup": output(aes256), "findmnt": output(`{"filesystems":[]}`), "virt": {Exit: 1, Out: []byte("none\n")}})
		if got, _ := reading(volumes(), c, "encryption"); got["volume/"] != want {
			t.Errorf("the other disk is of %s: got %v", uuid, got)
		}
	}
}

func TestMountsThatLsblkDoesNotShow(t *testing.T) {
	t.Parallel()
	const disk = `{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","children":[{"name":"sda1","kname":"sda1","type":"part","fstype":"btrfs","uuid":"a","mountpoint":"/"}]}]}`
	tests := map[string]struct{ mount, want string }{
		"another part of a known device": {`{"target":"/x","source":"/dev/sda1[/@home]","fstype":"btrfs"}`, "implementation none"},
		"an unknown type":                {`{"target":"/x","source":"a:b","fstype":"fuse.mergerfs"}`, "implementation unresolved file_system_not_known"},
		"an unknown device":              {`{"target":"/x","source":"/dev/mystery","fstype":"ext4"}`, "implementation unresolved file_system_not_known"},
		"of another machine":             {`{"target":"/x","source":"nas:/y","fstype":"nfs"}`, "implementation unresolved remote_file_system"},
		"in memory":                      {`{"target":"/x","source":"tmpfs","fstype":"tmpfs"}`, ""},
		"of a container, in the host":    {`{"target":"/x","source":"overlay","fstype":"overlay"}`, ""},
	}
	for name, tt := range tests {
		commands := map[string]capture.Command{"lsblk": output(disk), "findmnt": output(`{"filesystems":[{"target":"/","source":"/dev/sda1","fstype":"btrfs","children":[` + tt.mount + `]}]}`), "virt": {Exit: 1, Out: []byte("none\n")}}
		if got, _ := reading(volumes(), capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(nil), commands), "encryption"); got["volume/x"] != tt.want || got["volume/"] != "implementation none" {
			t.Errorf("%s: got %v", name, got)
		}
	}
	inside := map[string]capture.Command{"lsblk": output(`{"blockdevices":[]}`), "findmnt": output(`{"filesystems":[{"target":"/","source":"overlay","fstype":"overlay"}]}`)}
	got, _ := reading(volumes(), capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(nil), inside), "encryption")
	if diff := cmp.Diff(map[string]string{"volume/": "implementation unresolved file_system_not_known"}, got); diff != "" {
		t.Errorf("in a container: %s", diff)
	}
}

func TestCrypttabAlone(t *testing.T) {
	t.Parallel()
	for options, want := range map[string]string{
		"":                                      "design unresolved cipher_of_header",
		"luks":                                  "design unresolved cipher_of_header",
		"luks,cipher=aes-xts-plain64,size=512":  "design unresolved cipher_of_header",
		"plain":                                 "design unresolved cipher_of_version",
		"plain,cipher=aes-xts-plain64":          "design unresolved cipher_of_version",
		"plain,cipher=aes-xts-plain64,size=512": "design customer-managed",
		"plain,cipher=aes-xts-plain64,size=256": "design unresolved cipher_unsure",
		"plain,cipher=cipher_null-ecb":          "design none",
		"swap,cipher=aes-xts-plain64,size=512":  "design customer-managed",
	} {
		files := map[string]string{"/etc/fstab": "/dev/mapper/data /srv ext4 defaults 0 2\n", "/etc/crypttab": "data /dev/sdb none " + options + "\n"}
		if got, _ := reading(volumes(), capture.Taken(capture.Capture{}, capture.MemoryOf(files), nil), "encryption"); got["volume/srv"] != want {
			t.Errorf("%q: got %v", options, got)
		}
	}
}
