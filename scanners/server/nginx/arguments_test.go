package nginx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestArguments(t *testing.T) {
	t.Parallel()
	for args, want := range map[string][2]string{
		"":                                 {},
		"-g daemon on; master_process on;": {},
		"-c /opt/nginx.conf":               {"/opt/nginx.conf"},
		"-c/opt/nginx.conf -p/opt/":        {"/opt/nginx.conf", "/opt/"},
		"-qc conf/a.conf -p /srv":          {"conf/a.conf", "/srv"},
		"-g daemon off; -c /a -e /log":     {"/a"},
		"-e -c":                            {}, // the value of -e
		"-c":                               {},
		"-t -q":                            {},
	} {
		file, prefix := Arguments(strings.Fields(args))
		if diff := cmp.Diff(want, [2]string{file, prefix}); diff != "" {
			t.Errorf("%s: %s", args, diff)
		}
	}
}
