package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// reading runs one reader over a capture and returns its facts by address, as state, value or reason.
func reading(r reader, c *capture.Capture, setting string) (map[string]string, []evidence.Gap) {
	h := &host{Capture: c, place: evidence.Place{Host: c.Host}, found: map[evidence.Kind]int{}}
	r.read(h)
	got := map[string]string{}
	for _, f := range h.facts {
		reading := f.Settings[setting]
		got[f.Address] = string(f.Source.Level) + " "
		if reading.State == evidence.StateKnown {
			got[f.Address] += reading.Value.(string)
			continue
		}
		got[f.Address] += string(reading.State) + " " + reading.Why.Code
	}
	return got, h.gaps
}

// said is a command that ended well.
func output(text string) capture.Command { return capture.Command{Line: "x", Out: []byte(text)} }

const diskWithLUKS = `{"blockdevices": [{"name":"sda","kname":"sda","type":"disk","fstype":null,"mountpoints":[null],"size":100,"children":[
 {"name":"sda1","kname":"sda1","type":"part","fstype":"ext4","mountpoints":["/boot"],"size":1},
 {"name":"sda2","kname":"sda2","type":"part","fstype":"crypto_LUKS","mountpoints":[null],"size":99,"children":[
  {"name":"luks-data","kname":"dm-0","type":"crypt","fstype":"LVM2_member","mountpoints":[null],"size":99,"children":[
   {"name":"vg-root","kname":"dm-1","type":"lvm","fstype":"ext4","mountpoints":["/"],"size":90},
   {"name":"vg-swap","kname":"dm-2","type":"lvm","fstype":"swap","mountpoints":["[SWAP]"],"size":9}]}]}]},
 {"name":"sdb","kname":"sdb","type":"disk","fstype":"ext4","mountpoint":"/srv/files","size":100}]}`

const aes256 = "luks-data: 0 2048 crypt aes-xts-plain64 :64:logon:cryptsetup:x 0 8:2 32768\nvg-root: 0 2048 linear 254:0 2048\n"

const (
	zfsMounts = `{"filesystems":[{"target":"/tank","source":"tank","fstype":"zfs"},{"target":"/srv/db","source":"tank/db","fstype":"zfs"},{"target":"/other","source":"gone","fstype":"zfs"}]}`
	zfsSets   = "tank\tencryption\toff\t-\ntank\tmountpoint\t/tank\tdefault\ntank/db\tencryption\taes-256-gcm\t-\ntank/db\tmountpoint\t/srv/db\tlocal\ntank/vm\tencryption\toff\t-\ntank/vm\tmountpoint\t-\t-\n"
)

func TestVolumes(t *testing.T) {
	none := `{"filesystems": []}`
	physical := capture.Command{Line: "systemd-detect-virt", Exit: 1, Out: []byte("none\n")}
	tests := []struct {
		name     string
		commands map[string]capture.Command
		files    map[string]string
		want     map[string]string
		gap      string
	}{
		{"below LVM lies LUKS, a second disk is plain", map[string]capture.Command{"lsblk": output(diskWithLUKS), "dmsetup": output(aes256), "findmnt": output(none), "virt": physical}, nil,
			map[string]string{"volume/": "implementation customer-managed", "volume/swap": "implementation customer-managed", "volume/srv/files": "implementation none"}, ""},
		{"a virtual disk may be encrypted below", map[string]capture.Command{"lsblk": output(diskWithLUKS), "dmsetup": output(aes256), "findmnt": output(none), "virt": output("kvm\n")}, nil,
			map[string]string{"volume/": "implementation customer-managed", "volume/swap": "implementation customer-managed", "volume/srv/files": "implementation unresolved disk_below_not_seen"}, ""},
		{"a mapping that copies encrypts nothing", map[string]capture.Command{"lsblk": output(diskWithLUKS), "dmsetup": output("luks-data: 0 2048 crypt cipher_null-ecb - 0 8:2 0\n"), "findmnt": output(none), "virt": physical}, nil,
			map[string]string{"volume/": "implementation none", "volume/swap": "implementation none", "volume/srv/files": "implementation none"}, ""},
		{"a key of 256 bits is AES-128 in XTS", map[string]capture.Command{"lsblk": output(diskWithLUKS), "dmsetup": output("luks-data: 0 2048 crypt aes-xts-plain64 :32:logon:x 0 8:2 0\n"), "findmnt": output(none), "virt": physical}, nil,
			map[string]string{"volume/": "implementation unresolved cipher_unsure", "volume/swap": "implementation unresolved cipher_unsure", "volume/srv/files": "implementation none"}, ""},
		{"verity is of type crypt and is no encryption", map[string]capture.Command{"lsblk": output(`{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","children":[{"name":"v","kname":"dm-0","type":"crypt","fstype":"ext4","mountpoint":"/"}]}]}`),
			"dmsetup": output("v: 0 2048 verity 1 8:1 8:2\n"), "findmnt": output(none), "virt": physical}, nil, map[string]string{"volume/": "implementation none"}, ""},
		{"one half of a mirror is plain", map[string]capture.Command{"lsblk": output(`{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","fstype":"crypto_LUKS","children":[{"name":"c","kname":"dm-0","type":"crypt","children":[{"name":"md0","kname":"md0","type":"raid1","fstype":"ext4","mountpoint":"/"}]}]},
			{"name":"sdb","kname":"sdb","type":"disk","children":[{"name":"md0","kname":"md0","type":"raid1","fstype":"ext4","mountpoint":"/"}]}]}`),
			"dmsetup": output("c: 0 2048 crypt aes-xts-plain64 :64:logon:x 0 8:2 0\n"), "findmnt": output(none), "virt": physical}, nil, map[string]string{"volume/": "implementation none"}, ""},
		{"a share of another machine", map[string]capture.Command{"lsblk": output(`{"blockdevices":[]}`), "findmnt": output(`{"filesystems":[{"target":"/","fstype":"ext4","children":[{"target":"/mnt/nas","fstype":"nfs4"}]}]}`)}, nil,
			map[string]string{"volume/": "implementation unresolved file_system_not_known", "volume/mnt/nas": "implementation unresolved remote_file_system"}, ""},
		{"data sets of ZFS", map[string]capture.Command{"lsblk": output(`{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","fstype":"zfs_member"},{"name":"zd0","kname":"zd0","type":"disk","fstype":"swap","mountpoint":"[SWAP]"}]}`),
			"findmnt": output(zfsMounts), "zfs": output(zfsSets), "virt": physical}, nil,
			map[string]string{"volume/tank": "implementation none", "volume/srv/db": "implementation customer-managed", "volume/other": "implementation unresolved volume_not_known", "volume/swap": "implementation unresolved disk_below_not_seen"}, ""},
		{"data sets of ZFS above LUKS", map[string]capture.Command{"lsblk": output(`{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","fstype":"crypto_LUKS","children":[{"name":"luks-data","kname":"dm-0","type":"crypt","fstype":"zfs_member"}]}]}`),
			"findmnt": output(zfsMounts), "zfs": output(zfsSets), "virt": physical, "dmsetup": output(aes256)}, nil,
			map[string]string{"volume/tank": "implementation customer-managed", "volume/srv/db": "implementation customer-managed", "volume/other": "implementation unresolved volume_not_known"}, ""},
		{"LUKS2 with integrity", map[string]capture.Command{"lsblk": output(`{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","fstype":"crypto_LUKS","children":[{"name":"luks-data_dif","kname":"dm-0","type":"crypt","children":[{"name":"luks-data","kname":"dm-1","type":"crypt","fstype":"ext4","mountpoint":"/"}]}]}]}`),
			"findmnt": output(none), "virt": physical, "dmsetup": output("luks-data_dif: 0 2048 integrity 8:2 0 28 J 0\n" + aes256)}, nil, map[string]string{"volume/": "implementation customer-managed"}, ""},
		{"files alone", nil, map[string]string{"/etc/fstab": "/dev/mapper/data /srv ext4 defaults 0 2\n/dev/sda2 / ext4 defaults 0 1\nUUID=1 /home ext4 defaults 0 2\n", "/etc/crypttab": "data UUID=2 none luks\n"},
			map[string]string{"volume/": "design unresolved disk_below_not_seen", "volume/home": "design unresolved needs_running_host", "volume/srv": "design unresolved cipher_of_header"}, "mounts_of_files"},
		{"nothing told", nil, nil, map[string]string{}, "host_not_collected"},
		{"lsblk says nonsense", map[string]capture.Command{"lsblk": output("{")}, nil, map[string]string{}, "host_not_understood"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, gaps := reading(volumes(), capture.Taken(capture.Capture{Live: test.commands != nil}, capture.MemoryOf(test.files), test.commands), "encryption")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if code := firstCode(gaps); code != test.gap {
				t.Errorf("the first gap is %q, want %q", code, test.gap)
			}
		})
	}
}

func firstCode(gaps []evidence.Gap) string {
	if len(gaps) == 0 {
		return ""
	}
	return gaps[0].Code
}
