// Package journald says what systemd's journal keeps: where, and for how long.
// https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html
package journald

import (
	"time"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// Dir is where a persistent journal is; that it is there decides where Storage=auto keeps it.
const Dir = "/var/log/journal"

// Journal is the configuration of the journal.
type Journal struct {
	systemd.Config
	Storage      string          // auto, persistent, volatile or none
	StorageSet   bool            // it stands in a file
	MaxRetention time.Duration   // archived files whose newest entry is older are removed, 0 for no limit
	MaxFile      time.Duration   // after which a file is archived, 0 for not by time
	Ignored      []systemd.Entry // values that are not understood: the default applies
}

// section is the section of all settings.
const section = "Journal"

// defaultMaxFile is MaxFileSec where nothing sets it.
// https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html#MaxFileSec=
const defaultMaxFile = 2629800 * time.Second

// Load reads the configuration. Where there is none the defaults apply.
func Load(f capture.Files) (Journal, error) {
	c, err := systemd.ReadConfig(f, "journald.conf")
	if err != nil {
		return Journal{}, err
	}
	j := Journal{Config: c, Storage: "auto", MaxFile: defaultMaxFile}
	for _, e := range c.Settings {
		if e.Section != section {
			continue
		}
		switch e.Key {
		case "Storage":
			j.storage(e)
		case "MaxRetentionSec":
			j.span(e, &j.MaxRetention, 0)
		case "MaxFileSec":
			j.span(e, &j.MaxFile, defaultMaxFile)
		}
	}
	return j, nil
}

// storage reads Storage; a value that is not known is left out with a warning.
func (j *Journal) storage(e systemd.Entry) {
	switch e.Value {
	case "auto", "persistent", "volatile", "none":
		j.Storage, j.StorageSet = e.Value, true
	case "":
		j.Storage, j.StorageSet = "auto", false
	default:
		j.Ignored = append(j.Ignored, e)
	}
}

// span reads a time; an empty one is the default again.
func (j *Journal) span(e systemd.Entry, into *time.Duration, none time.Duration) {
	if e.Value == "" {
		*into = none
		return
	}
	if d, err := systemd.ParseSpan(e.Value); err == nil {
		*into = d
		return
	}
	j.Ignored = append(j.Ignored, e)
}

// Last returns the line that is in force for a key, or false.
func (j Journal) Last(key string) (systemd.Entry, bool) { return j.Settings.Last(section, key) }

// MaxDays is how old an entry becomes at most, in days that have wholly passed: a file is removed when its newest entry is too old, and
// its oldest may be older by what one file holds. It is false where no time limits it. How old it becomes at least is never known: the
// size of the journal is always limited, by default to a tenth of its file system.
// https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html#SystemMaxUse=
func (j Journal) MaxDays() (int, bool) {
	if j.MaxRetention == 0 || j.MaxFile == 0 {
		return 0, false
	}
	return int((j.MaxRetention + j.MaxFile) / (24 * time.Hour)), true
}

// Persistent says whether entries survive a restart; dirThere says whether there is a directory Dir.
func (j Journal) Persistent(dirThere bool) bool {
	return j.Storage == "persistent" || j.Storage == "auto" && dirThere
}
