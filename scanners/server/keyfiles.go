package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// keyFiles reads who may read or replace the files that hold private keys and credentials, never what they say.
func keyFiles() reader {
	return reader{name: "key files", kinds: []evidence.Kind{"key_file"}, read: readKeyFiles}
}

// keyPatterns are where private keys and credentials of daemons usually lie, sorted.
func keyPatterns() []string {
	return []string{
		"/etc/bareos/*.conf", "/etc/borgmatic/*.yaml", "/etc/chrony/chrony.keys", "/etc/exim4/passwd.client", "/etc/letsencrypt/archive/*/privkey*.pem",
		"/etc/mysql/debian.cnf", "/etc/nginx/*.key", "/etc/nginx/ssl/*.key", "/etc/postfix/sasl_passwd", "/etc/restic/*pass*", "/etc/ssh/ssh_host_*_key",
		"/etc/ssl/private/*", "/root/.my.cnf", "/root/.pgpass", "/root/.ssh/id_*",
	}
}

func readKeyFiles(h *host) {
	for _, pattern := range keyPatterns() {
		files, err := capture.Glob(h, pattern)
		if err != nil {
			h.hide(why(pattern, err), "key_file")
		}
		for _, file := range files {
			info, err := h.Stat(file)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				h.hide(why(file, err), "key_file")
			}
			if err != nil || !info.Mode.IsRegular() || strings.HasSuffix(file, ".pub") {
				continue
			}
			h.add(thing{name: "key" + file, files: []string{file}}, evidence.KeyFile{Exposed: h.keyExposed(file, info)})
		}
	}
}

// keyExposed says whether others than the owner and the group of a file may read it, or may put another one in its place.
func (h *host) keyExposed(file string, info capture.Info) evidence.Value[bool] {
	at := h.line(file, 0, "")
	if strings.HasPrefix(file, "/etc/ssh/") && info.UID != 0 {
		return evidence.Known(true).At(at)
	}
	open := true // others come to it
	for _, dir := range directoriesAbove(file) {
		above, err := h.Stat(dir)
		mode := above.Mode.Perm()
		switch {
		case err != nil:
			return untold[bool](dir, err).At(at)
		case above.UID != 0 && above.UID != info.UID, open && mode&0o002 != 0 && above.Mode&fs.ModeSticky == 0:
			return evidence.Known(true).At(h.line(dir, 0, ""), at)
		case mode&0o011 == 0: // nobody else comes to what is below
			return evidence.Known(false).At(at)
		}
		open = open && mode&0o001 != 0
	}
	return evidence.Known(open && info.Mode.Perm()&0o007 != 0).At(at)
}

// directoriesAbove are the directories above a file, from the root on.
func directoriesAbove(file string) []string {
	all := []string{"/"}
	for at := range file {
		if at > 0 && file[at] == '/' {
			all = append(all, file[:at])
		}
	}
	return all
}
