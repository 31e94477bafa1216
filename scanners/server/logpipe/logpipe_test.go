package logpipe

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const day = 24 * time.Hour

func TestParse(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		want Logger
		kind Kind
	}{
		"|/usr/bin/rotatelogs /var/log/w/access.%Y%m%d 86400":            {Logger{Program: "rotatelogs", Path: "/var/log/w/access.%Y%m%d", Period: day}, Writes},
		"||/usr/bin/rotatelogs -l -f /var/log/w/access 604800 60":        {Logger{Program: "rotatelogs", Path: "/var/log/w/access", Period: 7 * day}, Writes},
		"|$/usr/sbin/rotatelogs -n 5 /var/log/w/access 86400":            {Logger{Program: "rotatelogs", Path: "/var/log/w/access", Period: day, Count: 5}, Writes},
		"|rotatelogs -t -L /x /var/log/w/access 86400":                   {Logger{Program: "rotatelogs", Path: "/var/log/w/access", Period: day, Truncate: true}, Writes},
		"|rotatelogs /var/log/w/access 5M":                               {Logger{Program: "rotatelogs", Path: "/var/log/w/access", BySize: true}, Writes},
		"|rotatelogs -z /var/log/w/access 5M":                            {Logger{}, Unknown},
		"|rotatelogs -n":                                                 {Logger{}, Unknown},
		"|rotatelogs $X/access 86400":                                    {Logger{}, Unknown},
		"|/usr/bin/cronolog /var/log/w/%Y/%m/%d/access.log":              {Logger{Program: "cronolog", Path: "/var/log/w/%Y/%m/%d/access.log", Period: day}, Writes},
		"|/usr/bin/cronolog --period=2days /var/log/w/%Y/%m/%d/a.log":    {Logger{}, Unknown},
		"|/usr/bin/logger -t httpd -p local6.info":                       {Logger{}, HandsOver},
		"|/usr/bin/rotatelogs /a.%Y 86400 | /usr/bin/tee /var/log/other": {Logger{}, Unknown},
		"|/opt/ship": {Logger{}, Unknown},
		"":           {Logger{}, Unknown},
	}
	for command, tt := range tests {
		got, kind := Parse(command)
		if diff := cmp.Diff(got, tt.want); diff != "" || kind != tt.kind {
			t.Errorf("%s: %v (-got +want)\n%s", command, kind, diff)
		}
	}
}

func TestKept(t *testing.T) {
	t.Parallel()
	const never = 1 << 30
	tests := map[string]struct {
		logger    Logger
		low, high int
		ok        bool
	}{
		"new files":        {Logger{Period: day}, never, never, true},
		"new files, large": {Logger{BySize: true}, never, never, true},
		"five files":       {Logger{Period: day, Count: 5}, 4, 5, true},
		"four weeks":       {Logger{Period: 7 * day, Count: 4}, 21, 28, true},
		"five large files": {Logger{BySize: true, Count: 5}, 0, 0, false},
		"emptied":          {Logger{Period: day, Truncate: true}, 0, 1, true},
		"of each day":      {Logger{Path: "/w/a.%Y%m%d", Period: day, Truncate: true}, never, never, true},
		"of each weekday":  {Logger{Path: "/w/a.%a", Period: day, Truncate: true}, 5, 7, true},
		"of each month":    {Logger{Path: "/w/a.%m", Period: day, Truncate: true}, 0, 0, false},
	}
	for name, tt := range tests {
		if low, high, ok := tt.logger.Kept(never); low != tt.low || high != tt.high || ok != tt.ok {
			t.Errorf("%s: got %d, %d, %v", name, low, high, ok)
		}
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		logger Logger
		file   string
		want   bool
	}{
		{Logger{Path: "/l/a.%Y-%m-%d"}, "/l/a.2026-11-21", true},
		{Logger{Path: "/l/a.%Y-%m-%d"}, "/l/a.2026-11-21.gz", true},
		{Logger{Path: "/l/a.%Y-%m-%d"}, "/l/b.2026-11-21", false},
		{Logger{Path: "/l/a"}, "/l/a.1700000000", true},
		{Logger{Path: "/l/a"}, "/l/a", false},
		{Logger{Path: "/l/a", Count: 3}, "/l/a.2", true},
		{Logger{Path: "/l/a", Count: 3}, "/l/a", true},
	}
	for _, tt := range tests {
		if got := tt.logger.Files().MatchString(tt.file); got != tt.want {
			t.Errorf("%s of %s: got %v", tt.file, tt.logger.Path, got)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		period    time.Duration
		low, high int
		ok        bool
	}{
		"a-%Y-%m-%d_%H%M%S": {time.Second, 0, 0, false},
		"a-%a.log":          {day, 7, 7, true},
		"a-%d.log":          {day, 28, 31, true},
		"a-%m%d.log":        {day, 365, 366, true},
		"a-%H.log":          {time.Hour, 1, 1, true},
		"a-%Y.log":          {366 * day, 0, 0, false},
		"a-100%%.log":       {0, 0, 0, false},
	}
	for pattern, tt := range tests {
		low, high, ok := Cycle(pattern)
		if got := Finest(pattern); got != tt.period || low != tt.low || high != tt.high || ok != tt.ok {
			t.Errorf("%s: got %v, %d, %d, %v", pattern, got, low, high, ok)
		}
	}
}

// FuzzParseLogger holds that what is understood is a path with a way to keep it.
func FuzzParseLogger(f *testing.F) {
	f.Add("|/usr/bin/rotatelogs -n 5 /var/log/w/access.%Y%m%d 86400")
	f.Add("|cronolog /var/log/%Y/x")
	f.Fuzz(func(t *testing.T, command string) {
		l, kind := Parse(command)
		if kind == Writes && (l.Path == "" || l.Path[0] != '/') {
			t.Errorf("%q: path %q", command, l.Path)
		}
		l.Files()
		if low, high, ok := l.Kept(1 << 30); ok && (low > high || low < 0) {
			t.Errorf("%q: from %d to %d", command, low, high)
		}
	})
}
