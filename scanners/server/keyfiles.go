package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// keyFiles reads who may read the files that hold private keys and credentials, never what they say.
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
		if err != nil && !errors.Is(err, capture.ErrNotCollected) {
			h.hide(why(pattern, err), "key_file")
		}
		for _, file := range files {
			info, err := h.Stat(file)
			if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, capture.ErrNotCollected) {
				h.hide(why(file, err), "key_file")
			}
			if err != nil || !info.Mode.IsRegular() || strings.HasSuffix(file, ".pub") {
				continue
			}
			exposed := info.Mode.Perm()&0o007 != 0 || strings.HasPrefix(file, "/etc/ssh/") && info.UID != 0
			h.add(thing{name: "key" + file, files: []string{file}}, evidence.KeyFile{Exposed: evidence.Known(exposed).At(h.line(file, 0, ""))})
		}
	}
}
