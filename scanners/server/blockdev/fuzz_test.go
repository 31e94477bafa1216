package blockdev

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"blockdevices":[{"name":"sda","children":[{"name":"a","type":"crypt","mountpoints":["/",null]}]}]}`))
	f.Add([]byte(`{"blockdevices":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		paths, err := Parse(text)
		if err != nil && paths != nil {
			t.Error("paths beside an error")
		}
		for _, p := range paths {
			if len(p) == 0 || len(p) > depthLimit {
				t.Errorf("a path of %d layers", len(p))
			}
		}
	})
}

func FuzzTables(f *testing.F) {
	f.Add([]byte("a: 0 1 crypt aes-xts-plain64 :64:logon:x 0 8:2 0\n"))
	f.Add([]byte("data UUID=2 none luks,discard\n/dev/sda1 / ext4 defaults 0 1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for name, c := range Mappings(text) {
			if c.AES256() && c.Null() || c.Bits < 0 {
				t.Errorf("%s: %v", name, c)
			}
		}
		lines := slices.Collect(func(yield func(int) bool) {
			for _, m := range Fstab(text) {
				if !yield(m.Line) {
					return
				}
			}
		})
		if !slices.IsSorted(lines) {
			t.Error("lines out of order")
		}
		for _, tab := range Crypttab(text) {
			if tab.Name == "" || tab.Source == "" {
				t.Errorf("%v", tab)
			}
		}
	})
}

func TestDepthIsBounded(t *testing.T) {
	text := []byte(`{"name":"x","type":"disk"}`)
	for range depthLimit + 1 {
		text = slices.Concat([]byte(`{"name":"x","type":"disk","children":[`), text, []byte(`]}`))
	}
	_, err := Parse(slices.Concat([]byte(`{"blockdevices":[`), text, []byte(`]}`)))
	if err == nil {
		t.Error("too many layers were read")
	}
}

func TestMappings(t *testing.T) {
	got := Mappings([]byte("a: 0 1 crypt aes-xts-plain64 :64:logon:x 0 8:2 0\na: 1 1 crypt cipher_null-ecb - 0 8:2 0\nb: 0 1 linear 8:1 0\nc: 0 1 crypt serpent-xts-plain64 :64:user:x 0 8:2 0\nbroken\n"))
	want := map[string]Cipher{"a": {Spec: "cipher_null-ecb"}, "c": {Spec: "serpent-xts-plain64", Bits: 512}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
