package backup

import (
	"slices"
	"strconv"
	"strings"
)

// keeps is how many days back the backups of a job reach, by a call of the program that keeps them, which removes older ones from the
// same place; 0 where it removes none, or that is not told in days.
func (c call) keeps(j Job) int {
	if c.Program != j.Program && c.Program != j.Keeper {
		return 0
	}
	switch {
	case c.Program == "restic" && c.has("forget") && c.target("restic") == j.Target,
		c.Program == "borg" && c.has("prune") && c.prunes(j.Target):
		return c.keepsSnapshots()
	case c.Program == "duplicity" && c.target("duplicity") == j.Target:
		return within(strings.ToLower(c.value("remove-older-than")))
	}
	return 0
}

// prunes says whether borg prune is about a repository: it names that one, or none but that of the environment.
func (c call) prunes(repository string) bool {
	named := slices.ContainsFunc(c.Words, func(w string) bool {
		return !strings.HasPrefix(w, "-") && strings.ContainsAny(w, "/:")
	})
	return !named && repository == "" || c.has(repository, repository+"::")
}

// keepsSnapshots is how many days back the snapshots reach. Where others than those of days are kept too, they reach further.
// https://restic.readthedocs.io/en/stable/060_forget.html https://borgbackup.readthedocs.io/en/stable/usage/prune.html
func (c call) keepsSnapshots() int {
	others := []string{"--keep-last", "-l", "--keep-hourly", "-H", "--keep-weekly", "-w", "--keep-monthly", "-m", "--keep-yearly", "-y", "--keep-tag",
		"--keep-within-hourly", "--keep-within-daily", "--keep-within-weekly", "--keep-within-monthly", "--keep-within-yearly"}
	days, err := strconv.Atoi(c.value("--keep-daily", "-d"))
	span := within(c.value("--keep-within"))
	if c.value(others...) != "" || err == nil && span > 0 {
		return 0
	}
	if err == nil {
		return max(0, days)
	}
	return span
}

// within reads a number of days such as 30d.
func within(text string) int {
	days, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	if err != nil || !strings.HasSuffix(text, "d") || days < 0 {
		return 0
	}
	return days
}
