package blockdev

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestMappingsAsTheyAreCaptured holds that the script leaves keys out, and that what it leaves tells their length: `dmsetup table` shows
// the name of a key in the kernel's keyring, and zeros in the place of one that the mapping itself holds, as LUKS1 does. A plain mapping
// of `cipher_null` has none. https://man7.org/linux/man-pages/man8/dmsetup.8.html
func TestMappingsAsTheyAreCaptured(t *testing.T) {
	_, program, begun := strings.Cut(string(capture.Script()), "its length in bytes is kept, even where it is hidden\n\tfilter='")
	program, _, ended := strings.Cut(program, "'\n\trun dmsetup ")
	if !begun || !ended {
		t.Fatal("the script has no filter for dmsetup")
	}
	table := "luks2: 0 2048 crypt aes-xts-plain64 :64:logon:cryptsetup:6f1c0b2f-d0 0 8:2 32768\n" +
		"luks1: 0 2048 crypt aes-xts-plain64 " + strings.Repeat("0", 128) + " 0 8:2 4096\n" +
		"shown: 0 2048 crypt aes-xts-plain64 " + strings.Repeat("c4", 32) + " 0 8:2 4096 1 allow_discards\n" +
		"null: 0 2048 crypt cipher_null-ecb - 0 8:2 0\n" +
		"vg-root: 0 2048 linear 254:0 2048\n"
	awk := exec.CommandContext(t.Context(), "awk", program)
	awk.Stdin, awk.Stderr = strings.NewReader(table), os.Stderr
	captured, err := awk.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := "luks2: 0 2048 crypt aes-xts-plain64 :64: 0 8:2 32768\n" +
		"luks1: 0 2048 crypt aes-xts-plain64 :64: 0 8:2 4096\n" +
		"shown: 0 2048 crypt aes-xts-plain64 :32: 0 8:2 4096 1 allow_discards\n" +
		"null: 0 2048 crypt cipher_null-ecb :0: 0 8:2 0\n" +
		"vg-root: 0 2048 linear 254:0 2048\n"
	if diff := cmp.Diff(want, string(captured)); diff != "" {
		t.Errorf("captured (-want +got):\n%s", diff)
	}
	ciphers := map[string]Cipher{"luks2": {Spec: "aes-xts-plain64", Bits: 512}, "luks1": {Spec: "aes-xts-plain64", Bits: 512},
		"shown": {Spec: "aes-xts-plain64", Bits: 256}, "null": {Spec: "cipher_null-ecb"}}
	if diff := cmp.Diff(ciphers, Mappings(captured)); diff != "" {
		t.Errorf("ciphers (-want +got):\n%s", diff)
	}
}
