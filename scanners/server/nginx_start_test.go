package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestTheFileNginxIsStartedWith says which file is read, and which gaps there are.
func TestTheFileNginxIsStartedWith(t *testing.T) {
	t.Parallel()
	const unit, port = "/usr/lib/systemd/system/nginx.service", "events {}\nhttp { server { listen 127.0.0.1:"
	type told struct{ Facts, Gaps []string }
	standard, other := []string{"nginx/127.0.0.1:1/_", "nginx/site/default"}, []string{"nginx/127.0.0.1:2/_", "nginx/site/default"}
	const master = "7 1 60 nginx nginx: master process /usr/sbin/nginx "
	for name, test := range map[string]struct {
		unit, ps, version string
		want              told
	}{
		"a unit without options":              {unit: "/usr/sbin/nginx -g 'daemon on; master_process on;'", want: told{standard, nil}},
		"no unit":                             {want: told{standard, nil}},
		"a unit with a file":                  {unit: "/usr/sbin/nginx -c /opt/other.conf", want: told{other, nil}},
		"a process with a file":               {unit: "/usr/sbin/nginx", ps: master + "-g daemon on; -c /opt/other.conf\n", want: told{other, nil}},
		"a process without, a unit with one":  {unit: "/usr/sbin/nginx -c /opt/other.conf", ps: master + "\n", want: told{standard, nil}},
		"a process that is no master":         {ps: "7 1 60 nginx nginx: worker process\n", want: told{standard, nil}},
		"a file at the prefix":                {unit: "/usr/sbin/nginx -p /opt/ -c other.conf", want: told{other, nil}},
		"a file at the program's own prefix":  {unit: "/usr/sbin/nginx -c other.conf", version: "configure arguments: --prefix=/opt --x", want: told{other, nil}},
		"a file at a prefix that nobody told": {unit: "/usr/sbin/nginx -c other.conf", want: told{nil, []string{"host_not_understood"}}},
		"a file that is not there":            {unit: "/usr/sbin/nginx -c /opt/absent.conf", want: told{nil, []string{"host_not_there"}}},
		"a file that was not collected":       {unit: "/usr/sbin/nginx -c /srv/x.conf", want: told{nil, []string{"host_not_collected"}}},
		"a file that it was built with":       {unit: "/usr/sbin/nginx", version: "configure arguments: --conf-path=/opt/other.conf", want: told{other, nil}},
		"a process that tells nothing more":   {ps: "7 1 60 nginx nginx: master process \n", want: told{standard, nil}},
		"two that run":                        {ps: master + "\n8 1 60 nginx nginx: master process nginx -c /opt/other.conf\n", want: told{standard, []string{"host_not_understood"}}},
		"two that run, the unit's last":       {unit: "nginx -c /opt/other.conf", ps: master + "\n8 1 60 nginx nginx: master process nginx -c /opt/other.conf\n", want: told{other, []string{"host_not_understood"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{nginxMain: port + "1; } }\n", "/opt/other.conf": port + "2; } }\n"}
			if test.unit != "" {
				files[unit] = "[Service]\nExecStart=" + test.unit + "\n"
			}
			m := capture.MemoryOf(files)
			m.Add("/srv/x.conf", capture.Info{Mode: 0o644}, nil, capture.ErrNotCollected)
			commands := emptyFilter()
			commands["ps"], commands["nginx-V"] = output(test.ps), capture.Command{Err: []byte(test.version)}
			h := &host{Capture: capture.Taken(capture.Capture{Live: true}, m, commands), place: evidence.Place{Host: "host1"}, found: map[evidence.Kind]int{}}
			readNginx(h)
			var got told
			for _, f := range h.facts {
				got.Facts = append(got.Facts, f.Address)
			}
			for _, g := range h.gaps {
				got.Gaps = append(got.Gaps, g.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
