package capture

import (
	"path"
	"regexp"
	"strings"
)

// configuration says whether a file of a root may be read: logs, mail, databases and people's files are not, but for scripts, which
// schedules call.
func configuration(at string) bool {
	for _, dir := range []string{"/boot/", "/etc/", "/usr/", "/var/cpanel/", "/var/lib/exim4/", "/var/lib/logrotate", "/var/log/restore-tests/", "/var/spool/cron/"} {
		if strings.HasPrefix(at, dir) {
			return true
		}
	}
	return path.Base(at) == "postgresql.auto.conf" || strings.HasPrefix(at, "/var/lib/pgsql/") && strings.HasSuffix(at, ".conf")
}

// Files that are never read, as in script/10-paths.sh.
var (
	secretPathRE = regexp.MustCompile(`^/etc/apt/auth[.]conf|^/etc/(bareos|wireguard|ppp)/.*(secret|password)`)
	secretBaseRE = regexp.MustCompile(`^(shadow|gshadow|opasswd|debian[.]cnf|[.]my[.]cnf|pam_radius_auth[.]conf|ddclient[.]conf|privkey.*|u2f_keys|[.]google_authenticator|authorized_keys2?)` +
		`|^(id_[a-z0-9_]+|ssh_host_[a-z0-9_]+_key|identity)$` +
		`|[.](key|keys|p12|pfx|p8|jks|keystore|kdbx|gpg|pgp|asc|age|ppk|der|private|psk)(~|[.](bak|old|orig|save|dpkg-[a-z]+))?$`)
	secretWordRE = regexp.MustCompile(`(^|[._-])(htpasswd|htpasswds|htdigest|pgpass|netrc|secret|secrets|keytab|credential|credentials|psk|sasl_passwd|sasl2|passphrase|password|passwords)([._~-]|$)`)
	configRE     = regexp.MustCompile(`^/etc/(pam[.]d|cron[^/]*|systemd|fail2ban)/|^/usr/lib/systemd/`)
	passwdRE     = regexp.MustCompile(`^/etc/passwd$|^/etc/(pam[.]d|default|cron[^/]*|systemd)/|^/usr/lib/(systemd|tmpfiles[.]d)/`)
)

// secretName says whether a file is one that is never read, by its path in lower case.
func secretName(at string) bool {
	base := path.Base(at)
	return secretPathRE.MatchString(at) || secretBaseRE.MatchString(base) ||
		secretWordRE.MatchString(base) && !configRE.MatchString(at) ||
		strings.Contains(base, "passwd") && !passwdRE.MatchString(at)
}
