package capture

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestParts asks root directories that hold more and more of a host for what is not in them.
func TestParts(t *testing.T) {
	const service, list, key = "/lib/systemd/system/ssh.service", "/etc/logrotate.d/apache2", "/root/.ssh/authorized_keys"
	for name, test := range map[string]struct {
		tree    map[string]string
		partial []string
		absent  []string // the others were not collected
	}{
		"files of a repository": {map[string]string{"/etc/ssh/sshd_config": ""}, []string{"/", "/etc", "/usr", "/var"}, nil},
		"all of etc":            {map[string]string{"/etc/passwd": ""}, []string{"/", "/usr", "/var"}, []string{list}},
		"no packages":           {map[string]string{"/etc/passwd": "", "/usr/bin/sh": ""}, []string{"/", "/var"}, []string{list}},
		"a whole host, with the directories of old": {map[string]string{"/etc/passwd": "", "/usr/bin/sh": "", "/var/lib/dpkg/status": ""}, nil, []string{service, list, key}},
		"a whole host": {map[string]string{"/etc/passwd": "", "/usr/bin/sh": "", "/usr/lib/sysimage/rpm/rpmdb.sqlite": "", "/lib -> usr/lib": ""},
			nil, []string{service, list, key}},
		"a link out of the whole": {map[string]string{"/etc/passwd": "", "/etc/logrotate.d -> /usr/share/lists": ""}, []string{"/", "/usr", "/var"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := rootOf(t, plantTree(t, test.tree))
			var absent []string
			for _, file := range []string{service, list, key} {
				_, err := c.Read(file)
				if errors.Is(err, fs.ErrNotExist) {
					absent = append(absent, file)
				} else if !errors.Is(err, ErrNotCollected) {
					t.Errorf("%s: %v", file, err)
				}
			}
			if diff := cmp.Diff(test.absent, absent); diff != "" {
				t.Errorf("known not to be there (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.partial, c.Partial); diff != "" {
				t.Errorf("in part (-want +got):\n%s", diff)
			}
		})
	}
}
