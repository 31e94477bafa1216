package server

import (
	"testing"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestRenews says when a host renews a certificate by itself.
func TestRenews(t *testing.T) {
	const (
		certificate = "/etc/letsencrypt/live/a/fullchain.pem"
		renewal     = "/etc/letsencrypt/renewal/a.conf"
		timer       = "/usr/lib/systemd/system/certbot.timer"
		wants       = "/etc/systemd/system/timers.target.wants/certbot.timer"
		service     = "/usr/lib/systemd/system/certbot.service"
		params      = "cert = x\n[renewalparams]\naccount = 1\n"
	)
	certbot := func(more ...string) map[string]string {
		return with(map[string]string{renewal: params, timer: "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n", service: "[Service]\nExecStart=certbot\n", wants: "->" + timer}, more...)
	}
	tests := map[string]struct {
		certificate string
		files       map[string]string
		want        string
	}{
		"certbot":                      {certificate, certbot(), "true"},
		"without its timer":            {certificate, map[string]string{renewal: params}, "renewal_not_seen"},
		"the timer is masked":          {certificate, certbot("/etc/systemd/system/certbot.timer", "->/dev/null"), "renewal_not_seen"},
		"the service is masked":        {certificate, certbot("/etc/systemd/system/certbot.service", "->/dev/null"), "renewal_not_seen"},
		"turned off":                   {certificate, certbot(renewal, params+"autorenew = False\n"), "false"},
		"turned on":                    {certificate, certbot(renewal, params+"autorenew = True\n"), "true"},
		"of another tool":              {"/etc/ssl/a.pem", certbot(), "renewal_not_seen"},
		"certbot has forgotten it":     {"/etc/letsencrypt/live/b/fullchain.pem", certbot(), "renewal_not_seen"},
		"nobody looked at its renewal": {certificate, nil, "host_not_collected"},
	}
	for name, test := range tests {
		c := logHost(true, test.files, map[string]string{"ps": "1 0 900 systemd\n"})
		if test.files == nil {
			c = capture.Taken(capture.Capture{}, capture.NewMemory(), nil)
		}
		h := &host{Capture: c, place: evidence.Place{Host: "host1"}, found: map[evidence.Kind]int{}}
		v := h.renews(test.certificate)
		got := v.Why().Code
		if renewed, known := v.Get(); known {
			got = map[bool]string{true: "true", false: "false"}[renewed]
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}
