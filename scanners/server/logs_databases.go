package server

import (
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/logpipe"
	"github.com/tomscan/tomscan/scanners/server/mysql"
	"github.com/tomscan/tomscan/scanners/server/postgres"
)

// postgres asks the clusters of Debian and of Red Hat for their logs.
func (w *written) postgres() {
	for _, pattern := range []string{"/etc/postgresql/*/*/postgresql.conf", "/var/lib/pgsql/data/postgresql.conf", "/var/lib/pgsql/*/data/postgresql.conf"} {
		files, _ := capture.Glob(w, pattern)
		for _, file := range files {
			conf, err := postgres.Load(w, file)
			if err != nil {
				w.hide(why(file, err), "log_rotation")
				continue
			}
			w.cluster(cluster{host: w.host, conf: conf, file: file})
		}
	}
}

// cluster reads the collector of logs, which never removes a file; it empties one whose name comes again where it is told to. Without
// it, Debian's pg_ctlcluster sends what the server prints to a file.
// https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOGGING-COLLECTOR
// https://manpages.debian.org/bookworm/postgresql-common/pg_ctlcluster.1.en.html#FILES
func (w *written) cluster(c cluster) {
	if !c.conf.Is("logging_collector", false) {
		if parts := strings.Split(c.file, "/"); strings.HasPrefix(c.file, "/etc/postgresql/") && len(parts) == 6 {
			w.file("/var/log/postgresql/postgresql-"+parts[3]+"-"+parts[4]+".log", c.at("logging_collector"))
		}
		return
	}
	dir := c.value("log_directory", "log")
	if !path.IsAbs(dir) {
		dir = path.Join(c.value("data_directory", path.Dir(c.file)), dir)
	}
	name := c.value("log_filename", "postgresql-%Y-%m-%d_%H%M%S.log")
	t := timedLog{Logger: logpipe.Logger{Program: "cronolog", Path: path.Join(dir, name), Period: minutes(c.value("log_rotation_age", "1440"))}, low: evidence.Never, high: evidence.Never}
	t.at = c.at("log_directory")
	low, high, again := logpipe.Cycle(name)
	if again && c.conf.Is("log_truncate_on_rotation", false) && t.Period > 0 {
		t.low, t.high = max(0, low-daysOf(logpipe.Finest(name))), high
	}
	if len(c.conf.Unread) > 0 {
		open := why(c.conf.Unread[0].Path, c.conf.Unread[0].Err)
		t.open = &open
	}
	w.time(t)
}

// minutes reads a time of PostgreSQL, which is in minutes where it names no unit; 0 where it is not understood.
func minutes(text string) time.Duration {
	number := strings.TrimRight(text, "dhmins ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > 1<<24 {
		return 0
	}
	unit, ok := map[string]time.Duration{"": time.Minute, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "s": time.Second}[strings.TrimSpace(text[len(number):])]
	if !ok {
		return 0
	}
	return time.Duration(n) * unit
}

// mysql reads the logs that are on, and have a name.
// https://mariadb.com/docs/server/server-management/server-monitoring-logs/overview-of-mariadb-logs
func (w *written) mysql() {
	server, installed, err := w.mysqlInstalled()
	if err != nil || !installed {
		return
	}
	options, err := mysql.Load(w, server)
	if err != nil {
		w.hide(why("/etc/mysql/my.cnf", err), "log_rotation")
		return
	}
	m := mysqlHost{host: w.host, options: options, server: server}
	m.arguments()
	for _, log := range []struct{ file, on string }{{"log_error", ""}, {"general_log_file", "general_log"}, {"slow_query_log_file", "slow_query_log"}, {"log_slow_query_file", "log_slow_query"}} {
		name := m.value(log.file, "")
		if name == "" || log.on != "" && !m.on(log.on) {
			continue
		}
		if !path.IsAbs(name) {
			name = path.Join(m.value("datadir", "/var/lib/mysql"), name)
		}
		w.file(name, m.at(log.file))
	}
}
