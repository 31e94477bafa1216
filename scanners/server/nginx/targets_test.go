package nginx

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestTargets(t *testing.T) {
	t.Parallel()
	text := `error_log logs/error.log;
http {
  access_log /var/log/nginx/access.log;
  server { access_log off; error_log stderr; location / { access_log /srv/$host.log; access_log syslog:server=unix:/dev/log; } }
  include /opt/more.conf;
}
`
	m := capture.NewMemory("/etc")
	m.Add("/etc/nginx/nginx.conf", capture.Info{}, []byte(text), nil)
	c, err := Load(m, "/etc/nginx/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	targets, unread := Targets(c, "/usr/share/nginx")
	got := map[string]int{}
	for _, target := range targets {
		got[target.Path] = target.At.Line
	}
	want := map[string]int{"/usr/share/nginx/logs/error.log": 1, "/var/log/nginx/access.log": 3, "/srv/$host.log": 4}
	if diff := cmp.Diff(got, want); diff != "" || len(unread) != 1 || !targets[2].Variable() {
		t.Errorf("%d unread (-got +want)\n%s", len(unread), diff)
	}
}
