package main

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// hostEstate has a directory of good hosts and one of bad ones, which are what the good ones ought not to be.
const hostEstate = "../../testdata/estates/hosts"

// TestChecksOfHostsPassAndFail judges the estate, and an endpoint of either sort, from their captures on. Nothing fails on what is good,
// and each check that hosts or endpoints can answer passes there somewhere, and fails somewhere on what is bad. How often it does stands in
// verdicts.txt.
func TestChecksOfHostsPassAndFail(t *testing.T) {
	seen := map[string]map[string]map[evidence.Verdict]int{} // check, good or bad, verdict
	titles := map[string]string{}
	for _, kind := range []string{"good", "bad"} {
		for _, report := range []evidence.Report{scannedHosts(t, kind), scannedEndpoint(t, kind)} {
			for _, c := range answerable(report) {
				titles[c.ID] = c.Title
				if seen[c.ID] == nil {
					seen[c.ID] = map[string]map[evidence.Verdict]int{"good": {}, "bad": {}}
				}
			}
			places(t, report)
			for _, r := range report.Results {
				seen[r.Check][kind][r.Verdict]++
				if kind == "good" && r.Verdict == evidence.Fail {
					t.Errorf("%s fails on %s: %v", r.Check, r.Fact, r.Reasons)
				}
			}
		}
	}
	if len(seen) < 60 {
		t.Fatalf("judged %d checks alone", len(seen))
	}
	var told strings.Builder
	for _, id := range slices.Sorted(maps.Keys(seen)) {
		good, bad := seen[id]["good"], seen[id]["bad"]
		fmt.Fprintf(&told, "%s %s\n    good: %s\n    bad:  %s\n", id, titles[id], counted(good), counted(bad))
		passes, fails := good[evidence.Pass] > 0, bad[evidence.Fail] > 0
		if why, ok := oneSidedOnHosts()[id]; ok == (passes && fails) {
			t.Errorf("%s: passes %v, fails %v; listed as one-sided: %q", id, passes, fails, why)
		}
	}
	compareGolden(t, hostEstate+"/verdicts.txt", told.String())
}

// places holds that each fail says where what fails stands: a line of a file, or a command.
func places(t *testing.T, report evidence.Report) {
	t.Helper()
	facts := map[string]evidence.Fact{}
	for _, f := range report.Snapshot.Facts {
		facts[f.ID] = f
	}
	for _, r := range report.Results {
		f, ok := facts[r.Fact]
		if !ok || r.Verdict != evidence.Fail || len(f.At) > 0 {
			continue
		}
		for _, why := range r.Reasons {
			if len(f.Settings[why.Args["setting"]].At) == 0 {
				t.Errorf("%s fails on %s and says not where", r.Check, r.Fact)
			}
		}
	}
}

// oneSidedOnHosts are the checks that cannot both pass and fail on hosts, with why.
func oneSidedOnHosts() map[string]string {
	return map[string]string{
		"TOM-FW-002":  "the packet filter of a host is no network's default group",
		"TOM-LOC-001": "where a host stands no machine can see from inside",
		"TOM-LOC-002": "where copies of its data lie, neither",
	}
}

// answerable are the checks of which something was looked for that they judge.
func answerable(r evidence.Report) []evidence.Check {
	looked := map[evidence.Kind]bool{}
	for _, s := range r.Snapshot.Sweeps {
		for _, k := range s.Kinds {
			looked[k] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(r.Checks), func(c evidence.Check) bool {
		return !slices.ContainsFunc(c.Kinds, func(k evidence.Kind) bool { return looked[k] })
	})
}

// counted are verdicts as people read them.
func counted(n map[evidence.Verdict]int) string {
	var all []string
	for _, v := range slices.Sorted(maps.Keys(n)) {
		all = append(all, fmt.Sprintf("%d %s", n[v], v))
	}
	return strings.Join(all, ", ")
}

// scannedHosts judges the hosts of the estate that are good, or bad.
func scannedHosts(t *testing.T, kind string) evidence.Report {
	t.Helper()
	hosts, err := filepath.Glob(hostEstate + "/" + kind + "/*")
	if err != nil || len(hosts) == 0 {
		t.Fatalf("hosts %v, %v", hosts, err)
	}
	args := []string{"scan", "server", "--annex", hostEstate + "/annex.hcl"}
	for _, dir := range hosts {
		bundle := filepath.Join(t.TempDir(), path.Base(dir)+".tar")
		writeTestFile(t, bundle, string(hostBundle(t, dir)))
		args = append(args, "--bundle", bundle)
	}
	return scanned(t, args...)
}

// hostBundle makes the bundle of a host of the estate: its files tell it by subject.
func hostBundle(t *testing.T, dir string) []byte {
	t.Helper()
	files, err := filepath.Glob(dir + "/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tree := fstest.MapFS{"manifest": {}}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if f.Name == "manifest" {
				f.Data = append(tree["manifest"].Data, f.Data...)
			} else if tree[f.Name] != nil {
				t.Fatalf("%s: %s stands in another file too", file, f.Name)
			}
			tree[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	tree["manifest"].Data = append(tree["manifest"].Data, commandLines(tree)...)
	parts, err := treeParts(path.Base(dir), tree)
	if err != nil {
		t.Fatal(err)
	}
	data, err := parts.write()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// scriptCommand is a command of the capture script: its name, and its line, or the programs of which the first that is installed is run.
var scriptCommand = regexp.MustCompile(`(?m)^\t+(?:run|first) ([A-Za-z0-9-]+) (?:"([a-z0-9-]+)[^"\n]*"|)(.*)$`)

// scriptCommands are the lines of all commands of the capture script by their names.
func scriptCommands() map[string]string {
	lines := map[string]string{}
	for _, program := range []string{"ip6tables-legacy-save", "ip6tables-save", "iptables-legacy-save", "iptables-save"} { // it has a loop for them
		lines[program] = program
	}
	for _, m := range scriptCommand.FindAllStringSubmatch(string(capture.Script()), -1) {
		if lines[m[1]] == "" {
			lines[m[1]] = strings.ReplaceAll(m[2]+m[3], "$directories", "/var/log")
		}
	}
	return lines
}

// commandLines are the lines of the manifest of all commands that it does not tell. Those that the estate does not tell either are not
// installed.
func commandLines(tree fstest.MapFS) []byte {
	own, made, lines := string(tree["manifest"].Data), []byte{}, scriptCommands()
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		exit := 127
		if tree["cmd/"+name] != nil {
			exit = 0
		}
		if !strings.Contains(own, "\t"+name+"\t") {
			made = fmt.Appendf(made, "cmd\t%d\t*\t*\t%s\t%s\n", exit, name, lines[name])
		}
	}
	return made
}

// scannedEndpoint judges an endpoint on loopback: one that keeps what is promised and is trusted, or neither.
func scannedEndpoint(t *testing.T, kind string) evidence.Report {
	t.Helper()
	args := []string{"scan", "probe", "--annex", hostEstate + "/annex.hcl"}
	if kind == "bad" {
		server := startSite(tls.VersionTLS10, "")
		t.Cleanup(server.Close)
		return scanned(t, append(args, server.URL)...)
	}
	server := startSite(tls.VersionTLS12, "max-age=31536000")
	t.Cleanup(server.Close)
	roots := filepath.Join(t.TempDir(), "roots.pem")
	writeTestFile(t, roots, string(certificateOf(server)))
	return scanned(t, append(args, server.URL, "--ca-bundle", roots)...)
}

// scanned runs a scan and returns its report.
func scanned(t *testing.T, args ...string) evidence.Report {
	t.Helper()
	code, stdout, stderr := tomscan(t, nil, append(args, "--at", "2026-11-22T12:00:00Z", "-o", "json")...)
	var r evidence.Report
	if err := json.Unmarshal([]byte(stdout), &r); err != nil || code > codeFails {
		t.Fatalf("ends with %d: %v %s", code, err, stderr)
	}
	return r
}

// compareGolden compares a text with a file, or writes it anew.
func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *updateVerdicts {
		writeTestFile(t, file, got)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
