package capture

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// entry is an entry of an archive.
type entry struct {
	name, data string
	kind       byte // regular where zero
	link       string
}

func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.data)), Typeflag: tar.TypeReg, Linkname: e.link, Format: tar.FormatGNU}
		if e.kind != 0 {
			h.Typeflag, h.Size = e.kind, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := w.Write([]byte(e.data)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sumOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

const head = "tomscan-capture\t1\nhost\tweb1\ntime\t1000\nuid\t0\nscript\tabc\n"

// small is the smallest manifest and archive with a file and a command.
func small(extra ...string) []entry {
	conf, out := "PermitRootLogin no\n", "Linux 6.1 x86_64\n"
	manifest := head + strings.Join(extra, "") +
		"dir\t755\t0\t0\t1\tpart\t/etc\ndir\t755\t0\t0\t1\twhole\t/etc/ssh\n" +
		"file\t4640\t0\t4\t7\t19\twhole\t" + sumOf(conf) + "\t/etc/ssh/sshd_config\n" +
		"file\t600\t0\t0\t7\t399\tsecret\t-\t/etc/ssh/ssh_host_rsa_key\nfile\t600\t0\t0\t7\t9\trefused\t-\t/etc/sudoers\nfile\t600\t0\t0\t7\t9\tstat\t-\t/etc/hosts\n" +
		"dir\t700\t0\t0\t1\trefused\t/root\nabsent\t/etc/nginx\nabsent\t/var/lib/x/y\nrefused\t/srv/x\nlink\t777\t0\t0\t1\t/etc/rc\t/etc/ssh\nother\t600\t0\t0\t1\t/etc/pipe\n" +
		"cmd\t0\t" + sumOf(out) + "\t" + sumOf("") + "\tps\tuname -srm\nend\n"
	return []entry{{name: "manifest", data: manifest}, {name: "cmd/ps.out", data: out}, {name: "cmd/ps.err"}, {name: "root/etc/ssh/sshd_config", data: conf}}
}

func TestBundle(t *testing.T) {
	plain := archive(t, small()...)
	for name, data := range map[string][]byte{"plain": plain, "compressed": zipped(t, plain)} {
		t.Run(name, func(t *testing.T) {
			c, sum, size, err := ReadBundle(bytes.NewReader(data), DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			if want := sumOf(string(data)); sum != want || size != len(data) {
				t.Errorf("sum %s and size %d, want %s and %d", sum, size, want, len(data))
			}
			got := fmt.Sprintf("%s %d %t %t %s", c.Host, c.At.Unix(), c.Live, c.Root, c.Script)
			if want := "web1 1000 true true abc"; got != want {
				t.Errorf("%s, want %s", got, want)
			}
			info, err := c.Stat("/etc/rc/sshd_config")
			want := Info{Mode: fs.ModeSetuid | 0o640, GID: 4, ModTime: time.Unix(7, 0).UTC(), Size: 19, SHA256: sumOf("PermitRootLogin no\n")}
			if diff := cmp.Diff(info, want); diff != "" || err != nil {
				t.Errorf("%v, -got +want:\n%s", err, diff)
			}
		})
	}
}

func TestWhatABundleDoesNotKnow(t *testing.T) {
	c, _, _, err := ReadBundle(bytes.NewReader(archive(t, small()...)), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{
		"/etc/ssh/sshd_config": nil, "/etc/rc/sshd_config": nil, "/etc/ssh/ssh_host_rsa_key": ErrRedacted, "/etc/sudoers": fs.ErrPermission,
		"/etc/hosts": ErrNotCollected, "/etc/ssh/more": fs.ErrNotExist, "/etc/more": ErrNotCollected, "/etc/nginx/nginx.conf": fs.ErrNotExist,
		"/root/.ssh/id": fs.ErrPermission, "/srv/x": fs.ErrPermission, "/srv/y": ErrNotCollected, "/var/lib/x/y": fs.ErrNotExist, "/var/lib/x/z": ErrNotCollected, "/etc/pipe": fs.ErrInvalid, "/etc/ssh": fs.ErrInvalid,
		"/etc/sudoers/x": fs.ErrNotExist, "/etc/rc/../hosts": ErrNotCollected,
	} {
		if _, err := c.Read(path); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	if names, err := c.List("/etc"); !errors.Is(err, ErrNotCollected) {
		t.Errorf("a part of a directory is listed: %v", names)
	}
	if _, err := c.Command("nft"); !errors.Is(err, ErrNotCollected) {
		t.Error(err)
	}
}

func TestRefusedBundles(t *testing.T) {
	with := func(e ...entry) []byte { return archive(t, append(small(), e...)...) }
	change := func(from, to string) []byte {
		entries := small()
		entries[0].data = strings.Replace(entries[0].data, from, to, 1)
		return archive(t, entries...)
	}
	limits := Limits{Entries: 10, File: 6000, Total: 64 << 10}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                      {nil, "no manifest"},
		"no tar":                       {[]byte(strings.Repeat("hello", 300)), "cannot be read"},
		"no manifest":                  {archive(t, entry{name: "root/etc/x", data: "x"}), "no manifest"},
		"another format":               {change("capture\t1", "capture\t2"), `format "2"`},
		"no format":                    {change("tomscan-capture\t1\n", ""), "manifest:1"},
		"a manifest that was cut":      {change("end\n", ""), "manifest was cut"},
		"lines after the end":          {change("end\n", "end\nabsent\t/x\n"), "manifest:"},
		"an unknown line":              {change("absent\t", "present\t"), "manifest:"},
		"a path with ..":               {change("absent\t/etc/nginx", "absent\t/etc/../nginx"), "manifest:"},
		"a path that is relative":      {change("absent\t/etc/nginx", "absent\tetc"), "manifest:"},
		"a path twice":                 {change("absent\t/etc/nginx", "dir\t755\t0\t0\t1\twhole\t/etc/ssh"), "named twice"},
		"a file above files":           {change("dir\t755\t0\t0\t1\twhole\t/etc/ssh", "other\t755\t0\t0\t1\t/etc/ssh"), "is no directory"},
		"an entry above the root":      {with(entry{name: "root/../x", data: "x"}), `"root/../x"`},
		"an absolute entry":            {with(entry{name: "/etc/x", data: "x"}), `"/etc/x"`},
		"an entry elsewhere":           {with(entry{name: "etc/x", data: "x"}), `"etc/x"`},
		"a control character":          {with(entry{name: "root/a\nb", data: "x"}), "does not write"},
		"a device":                     {with(entry{name: "root/dev", kind: tar.TypeBlock}), "no regular file"},
		"a pipe":                       {with(entry{name: "root/pipe", kind: tar.TypeFifo}), "no regular file"},
		"a link":                       {with(entry{name: "root/link", kind: tar.TypeSymlink, link: "/etc/shadow"}), "no regular file"},
		"a hard link":                  {with(entry{name: "root/link", kind: tar.TypeLink, link: "/etc/shadow"}), "no regular file"},
		"a directory":                  {with(entry{name: "root/dir/", kind: tar.TypeDir}), "no regular file"},
		"an entry twice":               {with(entry{name: "cmd/ps.err"}), "there twice"},
		"an entry more":                {with(entry{name: "root/etc/more", data: "x"}), `"root/etc/more" is not in the manifest`},
		"an entry less":                {archive(t, small()[:3]...), `"root/etc/ssh/sshd_config" is missing`},
		"a changed entry":              {archive(t, append(small()[:3], entry{name: "root/etc/ssh/sshd_config", data: "PermitRootLogin ye\n"})...), `"root/etc/ssh/sshd_config" was changed`},
		"too many entries":             {with(numbered(20)...), "more than 10 entries"},
		"a large entry":                {with(entry{name: "root/large", data: strings.Repeat("x", 7000)}), "larger than 6000"},
		"a large archive":              {with(entry{name: "root/a", data: "x"}, entry{name: "root/b", data: strings.Repeat("x", 64<<10)}), "larger than"},
		"a bomb":                       {zipped(t, bytes.Repeat([]byte{0}, 10<<20)), "holds more than"},
		"a bomb of small entries":      {zipped(t, with(many(9, strings.Repeat("x", 3999))...)), "not in the manifest|more than"},
		"a cut archive":                {archive(t, small()...)[:2000], "cannot be read"},
		"a cut compressed archive":     {zipped(t, archive(t, small()...))[:300], "unexpected EOF"},
		"a large number in a manifest": {change("\t399\t", "\t99999999999999999999\t"), "manifest:"},
		"a path that is too long":      {change("absent\t/etc/nginx", "absent\t/etc"+strings.Repeat("/a", 2048)), "manifest:"},
		"a link that is too long":      {change("/etc/rc\t/etc/ssh", "/etc/rc\t"+strings.Repeat("/a", 2048)), "manifest:"},
		"many directories in a path":   {change("dir\t755\t0\t0\t1\tpart\t/etc", "dir\t755\t0\t0\t1\tpart\t/etc"+strings.Repeat("/a", 50)), "more than 40"},
		"a negative size":              {change("\t399\t", "\t-1\t"), "manifest:"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, _, err := ReadBundle(bytes.NewReader(c.data), limits)
			if err == nil || got != nil {
				t.Fatal("it was read")
			}
			for want := range strings.SplitSeq(c.want, "|") {
				if strings.Contains(err.Error(), want) {
					return
				}
			}
			t.Errorf("%q does not say %q", err, c.want)
		})
	}
}

func numbered(n int) []entry { return many(n, "x") }

func many(n int, data string) []entry {
	var all []entry
	for i := range n {
		all = append(all, entry{name: fmt.Sprintf("root/%d", i), data: data})
	}
	return all
}

// TestBundlesWithSecrets holds ReadBundle to name the entry and the line, and never the secret.
func TestBundlesWithSecrets(t *testing.T) {
	for _, secret := range []string{
		"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----", "$6$saltsalt$0123456789abcdef0123456789abcdef0123456789",
		"$y$j9T$saltsaltsalt$0123456789abcdef0123456789abcdef", "$2b$10$0123456789abcdef0123456789abcdef0123456789abcdef01234", "$1$salt$0123456789abcdef012345",
		"AKIAABCDEFGHIJKLMNOP", "ASIAABCDEFGHIJKLMNOP", "Authorization: Bearer 0123456789abcdef0123", "postgres://user:hunter2hunter2@db/x", "password=hunter2hunter2",
		"requirepass hunter2hunter2", "export RESTIC_PASSWORD='hunter2 hunter2'",
	} {
		for _, name := range []string{"root/etc/x", "cmd/ps.out"} {
			data := "first\n" + secret + "\n"
			file, command := "", ""
			if strings.HasPrefix(name, "root") {
				file = "file\t600\t0\t0\t7\t9\twhole\t" + sumOf(data) + "\t/etc/x\n"
			} else {
				command = "cmd\t0\t" + sumOf(data) + "\t" + sumOf("") + "\tps\tx\n"
			}
			entries := []entry{{name: "manifest", data: head + file + command + "end\n"}, {name: name, data: data}}
			if command != "" {
				entries = append(entries, entry{name: "cmd/ps.err"})
			}
			_, _, _, err := ReadBundle(bytes.NewReader(archive(t, entries...)), DefaultLimits())
			if err == nil {
				t.Errorf("%s with %q was read", name, secret)
				continue
			}
			if !strings.Contains(err.Error(), fmt.Sprintf("entry %q, line 2", name)) || strings.Contains(err.Error(), secret[5:]) || strings.Contains(err.Error(), "hunter") {
				t.Errorf("%q: %v", secret, err)
			}
		}
	}
}

// TestOutputSaysWhyACommandFailed tells what was refused from what failed otherwise.
func TestOutputSaysWhyACommandFailed(t *testing.T) {
	denied, failed := Command{Exit: 1, Err: []byte("find: '/var/log/private': Permission denied\n")}, Command{Exit: 1, Err: []byte("find: what?\n")}
	tests := []struct {
		name    string
		root    bool
		command Command
		want    error
	}{
		{"refused", false, denied, fs.ErrPermission},
		{"the kernel's other word", false, Command{Exit: 1, Err: []byte("netlink: Operation not permitted\n")}, fs.ErrPermission},
		{"nothing is refused to the superuser", true, denied, ErrNotCollected},
		{"failed", false, failed, ErrNotCollected},
		{"ended well", false, Command{Out: []byte("x"), Err: denied.Err}, nil},
	}
	for _, test := range tests {
		c := Taken(Capture{Root: test.root}, MemoryOf(nil), map[string]Command{"x": test.command})
		if _, err := c.Output("x"); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}
