package capture

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAccountsOfWHM holds that the script keeps the names of accounts and whether they use a second factor, and nothing else.
func TestAccountsOfWHM(t *testing.T) {
	t.Parallel()
	part, err := parts.ReadFile("script/50-commands.sh")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ said, want string }{
		"several": {`{"metadata":{"result":1,"reason":"OK"},"data":{"root":{"is_enabled":1,"issuer":"a","secret":"CANARY"},"res-1":{"issuer":"b","is_enabled":"0"},"x":{"is_enabled":true}}}`,
			`{"data":{"root":{"is_enabled":1},"res-1":{"is_enabled":0},"x":{"is_enabled":1}},"metadata":{"result":1}}` + "\n"},
		"nobody":    {`{"data":{},"metadata":{"result":1}}`, `{"data":{},"metadata":{"result":1}}` + "\n"},
		"a refusal": {`{"metadata":{"result":0,"reason":"CANARY"}}`, `{"data":{},"metadata":{"result":0}}` + "\n"},
		"in lines":  {"{ \"data\" : {\n \"root\" : {\n \"is_enabled\" : 1\n }\n },\n \"metadata\" : { \"result\" : 1 }\n}\n", `{"data":{"root":{"is_enabled":1}},"metadata":{"result":1}}` + "\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Join(dir, "out/cmd"), 0o700); err != nil {
				t.Fatal(err)
			}
			for _, tool := range []string{"awk", "cat", "chmod", "mv", "timeout", "tr"} {
				from, err := exec.LookPath(tool)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.Symlink(from, filepath.Join(dir, tool)); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(filepath.Join(dir, "said"), []byte(tt.said), 0o600); err != nil {
				t.Fatal(err)
			}
			// The shell writes the program: one that this process wrote could still be open in another child of it.
			const whmapi = "printf '#!/bin/sh\\ncat %s/said\\n' \"$1\" >\"$1/whmapi1\"; chmod 700 \"$1/whmapi1\"\n"
			c := exec.CommandContext(t.Context(), "/bin/sh", "-c", whmapi+"work=$1 OUTPUT_LIMIT=1000 COMMAND_LIMIT=5 filter=\n"+string(part)+"\nweb_commands", "sh", dir)
			c.Env = []string{"PATH=" + dir} // without the host's daemons
			if out, err := c.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			got, err := os.ReadFile(filepath.Join(dir, "out/cmd/whmapi-enrolled.out"))
			if diff := cmp.Diff(string(got), tt.want); err != nil || diff != "" {
				t.Errorf("%v (-got +want)\n%s", err, diff)
			}
		})
	}
}
