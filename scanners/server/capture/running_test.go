package capture

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRunning(t *testing.T) {
	at := time.Unix(10_000, 0).UTC()
	const nginx = "  10 1 5000 nginx nginx: master process\n  11 10 100 nginx nginx: worker process\n"
	for name, c := range map[string]struct {
		ps, show string
		names    []string
		want     Running
	}{
		"no process":                      {ps: nginx, names: []string{"sshd"}},
		"the oldest process":              {ps: nginx, names: []string{"nginx"}, want: Running{"nginx", time.Unix(5000, 0).UTC()}},
		"one of two names":                {ps: nginx, names: []string{"apache2", "nginx"}, want: Running{"nginx", time.Unix(5000, 0).UTC()}},
		"a name that the kernel cut":      {ps: "9 1 10 systemd-timesyn x\n", names: []string{"systemd-timesyncd"}, want: Running{"systemd-timesyn", time.Unix(9990, 0).UTC()}},
		"since a reload":                  {ps: nginx, show: unit("10", "active", "@5000", "@7000"), names: []string{"nginx"}, want: Running{"nginx", time.Unix(7000, 0).UTC()}},
		"a reload in words":               {ps: nginx, show: unit("10", "active", "", "Thu 1970-01-01 02:00:00 UTC"), names: []string{"nginx"}, want: Running{"nginx", time.Unix(7200, 0).UTC()}},
		"a zone that says nothing":        {ps: nginx, show: unit("10", "active", "", "Thu 1970-01-01 02:00:00 CST"), names: []string{"nginx"}, want: Running{"nginx", time.Unix(5000, 0).UTC()}},
		"a unit that is not active":       {ps: nginx, show: unit("10", "failed", "@5000", "@7000"), names: []string{"nginx"}, want: Running{"nginx", time.Unix(5000, 0).UTC()}},
		"a session of an sshd before":     {ps: "5 1 9000 sshd sshd: a\n6 1 100 sshd sshd\n", show: unit("6", "active", "@9900", "@9900"), names: []string{"sshd"}, want: Running{"sshd", time.Unix(9900, 0).UTC()}},
		"a process younger than the unit": {ps: nginx, show: unit("10", "active", "@10", "@10"), names: []string{"nginx"}, want: Running{"nginx", time.Unix(5000, 0).UTC()}},
	} {
		t.Run(name, func(t *testing.T) {
			commands := map[string]Command{"ps": {Out: []byte(c.ps)}}
			if c.show != "" {
				commands["systemctl-show"] = Command{Out: []byte("Id=-.mount\nMainPID=0\n\n" + c.show)}
			}
			got, err := Taken(Capture{At: at}, NewMemory(), commands).Running(c.names...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func unit(pid, state, entered, changed string) string {
	return strings.Join([]string{"Id=x.service", "MainPID=" + pid, "ActiveState=" + state, "ActiveEnterTimestamp=" + entered, "StateChangeTimestamp=" + changed, ""}, "\n")
}

func TestExcerpt(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"requirepass s3cr3t", "requirepass <redacted:len=6>"},
		{"password requisite pam_pwquality.so retry=3", "password requisite pam_pwquality.so retry=3"},
		{"-password\t[success=1 default=ignore] pam_unix.so obscure yescrypt", "-password [success=1 default=ignore] pam_unix.so obscure yescrypt"},
		{"passwd: files systemd", "passwd: files systemd"},
		{"PasswordAuthentication no", "PasswordAuthentication no"},
		{"a\x1b[31mb\u202ec\x00d\xff", "a[31mbcd?"},
		{strings.Repeat("a", 79) + "é", strings.Repeat("a", 79)},
		{strings.Repeat("a", 78) + "éb", strings.Repeat("a", 78) + "é"},
	} {
		if got := Excerpt(c.line, 80); got != c.want {
			t.Errorf("%q: %q, want %q", c.line, got, c.want)
		}
	}
}
