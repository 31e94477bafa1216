package apache

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestTargets(t *testing.T) {
	t.Parallel()
	text := `ServerRoot /etc/httpd
Define DIR /var/log/own
ErrorLog logs/error_log
CustomLog ${DIR}/access.log combined
GlobalLog /srv/all.log combined
<VirtualHost *:80>
  TransferLog "|/usr/bin/rotatelogs /srv/a.%Y 86400"
  ErrorLog syslog:local1
  CustomLog /dev/null combined
  CustomLog ${NOWHERE}/b.log combined env=x
</VirtualHost>
`
	s := Of(Read(capture.MemoryOf(map[string]string{"/m.conf": text}), Options{Main: "/m.conf", Root: "/x"}))
	type row struct {
		path, pipe string
		line       int
		doubt      bool
	}
	var got []row
	for _, target := range s.Targets() {
		got = append(got, row{target.Path, target.Pipe, target.At.Line, target.Doubt != nil})
	}
	want := []row{
		{"/etc/httpd/logs/error_log", "", 3, false}, {"/var/log/own/access.log", "", 4, false}, {"/srv/all.log", "", 5, false},
		{"", "|/usr/bin/rotatelogs /srv/a.%Y 86400", 7, false}, {"/etc/httpd/${NOWHERE}/b.log", "", 10, true},
	}
	if diff := cmp.Diff(got, want, cmp.AllowUnexported(row{})); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}
