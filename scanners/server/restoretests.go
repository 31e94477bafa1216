package server

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// restoreDirectory holds a record of each restore that was tried; docs/servers.md describes it.
const restoreDirectory = "/var/log/restore-tests"

// restoreTests reads the records of restores that somebody tried.
func restoreTests() reader {
	return reader{name: "restore tests", kinds: []evidence.Kind{"restore_test"}, read: readRestoreTests}
}

// restoreRecord is one file of the directory.
type restoreRecord struct {
	Ended    time.Time `json:"ended"`
	Began    time.Time `json:"began"`
	Of       string    `json:"of"`       // database, volume, file-system, object-store, table or other
	Result   string    `json:"result"`   // completed or failed
	Compared string    `json:"compared"` // what was tried with what was restored; empty when nothing was
	Matches  *bool     `json:"matches"`  // whether it was right
}

func readRestoreTests(h *host) {
	names, err := h.List(restoreDirectory)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		h.hide(why(restoreDirectory, err), "restore_test")
		return
	}
	for _, name := range names {
		if !strings.HasSuffix(name, ".json") {
			continue
		}
		file := path.Join(restoreDirectory, name)
		text, err := h.Read(file)
		var record restoreRecord
		if err == nil {
			err = json.Unmarshal(text, &record)
		}
		if err != nil || record.Ended.IsZero() || !h.At.IsZero() && record.Ended.After(h.At.Add(24*time.Hour)) {
			h.hide(evidence.Because("host_not_understood", "what", file), "restore_test")
			continue
		}
		h.add(thing{name: "restore/" + name, level: evidence.LevelOperation, at: []evidence.Position{h.line(file, 0, "")}}, h.restoreTest(record))
	}
}

func (h *host) restoreTest(r restoreRecord) evidence.RestoreTest {
	e := evidence.RestoreTest{
		Region:    evidence.Unresolved[string](evidence.Because("location_not_observable")),
		Of:        evidence.Known("other"),
		Completed: evidence.Known(r.Result == "completed"),
		Validated: evidence.Known("not-validated"),
		AgeDays:   h.daysSince(r.Ended),
	}
	switch r.Of {
	case "database", "volume", "file-system", "object-store", "table":
		e.Of = evidence.Known(r.Of)
	}
	if r.Matches != nil && r.Compared != "" {
		e.Validated = evidence.Known(map[bool]string{true: "validated", false: "failed"}[*r.Matches])
	}
	e.DurationHours = evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "began"))
	if !r.Began.IsZero() && !r.Began.After(r.Ended) {
		e.DurationHours = evidence.Known(int(r.Ended.Sub(r.Began) / time.Hour))
	}
	return e
}
