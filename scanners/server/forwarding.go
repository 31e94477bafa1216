package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/rsyslog"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// logForwardings reads to where logs are sent.
func logForwardings() reader {
	return reader{name: "forwarding", kinds: []evidence.Kind{"log_forwarding"}, read: func(h *host) {
		h.rsyslogForwards()
		h.journalUploads()
		if _, err := h.Stat(syslogNG); err == nil {
			h.hide(evidence.Because("host_not_understood", "what", syslogNG), "log_forwarding")
		}
	}}
}

// rsyslog reads the configuration; fs.ErrNotExist says that there is no rsyslog.
func (h *host) rsyslog() (rsyslog.Configuration, error) {
	type rsyslogKey struct{}
	return sharedTry(h, rsyslogKey{}, func() (rsyslog.Configuration, error) { return rsyslog.Load(h, rsyslog.MainFile) })
}

// rsyslogForwards makes a fact of each action of rsyslog that sends messages to another host. One that is not started sends none.
func (h *host) rsyslogForwards() {
	c, err := h.rsyslog()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		h.hide(why(rsyslog.MainFile, err), "log_forwarding")
		return
	}
	if on, known := h.serviceRuns([]string{"rsyslogd"}, "rsyslog.service").Get(); known && !on {
		return
	}
	for _, u := range c.Unread {
		h.hide(why(u.Path, u.Err), "log_forwarding")
	}
	for _, a := range c.Actions {
		if a.Kind != "forward" {
			continue
		}
		name := "forwarding/" + a.Target
		if a.Port != "" {
			name += ":" + a.Port
		}
		at := h.line(a.File, a.Line, "")
		h.add(thing{name: name, at: []evidence.Position{at}, files: c.Files, daemons: []string{"rsyslogd"}},
			evidence.LogForwarding{Encrypted: answered(a.Encrypted).At(at), Authenticated: answered(a.Authenticated).At(at)})
	}
}

// answered is an answer of rsyslog's evaluator.
func answered(a rsyslog.Answer) evidence.Value[bool] {
	if a == "" {
		return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", rsyslog.MainFile))
	}
	return evidence.Known(a == rsyslog.Yes)
}

// journalUploads makes a fact of the journal's own upload, where it is started.
// https://www.freedesktop.org/software/systemd/man/latest/journal-upload.conf.html
func (h *host) journalUploads() {
	const unit, file = "systemd-journal-upload.service", "journal-upload.conf"
	e, err := systemd.Of(h.Capture).Enabled(unit)
	if err != nil {
		h.hide(why(unit, err), "log_forwarding")
	}
	if !e.Starts {
		return // the kernel's short name of its process is the journal's, so that what runs tells nothing
	}
	c, err := systemd.ReadConfig(h, file)
	if err != nil {
		h.hide(why("/etc/systemd/"+file, err), "log_forwarding")
		return
	}
	url, ok := c.Last("Upload", "URL")
	if !ok || url.Value == "" {
		return
	}
	encrypted := strings.HasPrefix(strings.ToLower(url.Value), "https://") || !strings.Contains(url.Value, "://") // without a scheme it is https
	trusted, _ := c.Last("Upload", "TrustedCertificateFile")
	at := h.line(url.File, url.Line, "")
	h.add(thing{name: "forwarding/journal-upload", at: []evidence.Position{at}, files: c.Files},
		evidence.LogForwarding{Encrypted: evidence.Known(encrypted).At(at), Authenticated: evidence.Known(encrypted && trusted.Value != "all" && trusted.Value != "-").At(at)})
}
