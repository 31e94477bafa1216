package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"flag"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var debian12Bundle = flag.String("debian12", "", "write the Debian 12 server's capture anew, of the bundle in this `FILE`")

// debian12 is a stock Debian 12 server with sshd, Apache, Exim, MariaDB and nftables.
const debian12 = "../../testdata/estates/debian12"

// TestReportOfAStockDebian12Server holds what is said of a server on which nobody has configured anything, against promises that are
// common for such servers.
func TestReportOfAStockDebian12Server(t *testing.T) {
	if *debian12Bundle != "" {
		writeDebian12(t, *debian12Bundle)
	}
	bundle := filepath.Join(t.TempDir(), "web1.tar")
	if err := os.WriteFile(bundle, textBundle(t, debian12+"/capture.txtar"), 0o600); err != nil {
		t.Fatal(err)
	}
	golden := absolute(t, filepath.FromSlash(debian12))
	annex, err := os.ReadFile(filepath.Join(golden, "annex.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(bundle))
	if err := os.WriteFile("annex.hcl", annex, 0o600); err != nil {
		t.Fatal(err)
	}
	for format, file := range map[string]string{"table": "report.txt", "json": "report.json"} {
		code, got, stderr := tomscan(t, nil, "scan", "server", "--bundle", "web1.tar", "--annex", "annex.hcl", "--at", "2026-11-22T12:00:00Z", "-o", format)
		if code != codeFails || strings.Contains(stderr, "error") {
			t.Fatalf("ends with %d: %s", code, stderr)
		}
		file = filepath.Join(golden, file)
		if *updateVerdicts {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
}

// writeDebian12 writes the text form of a bundle: without long files that nothing is concluded from, and without the words of comments,
// whose lines stay so that positions are right.
func writeDebian12(t *testing.T, file string) {
	t.Helper()
	entries, err := readArchive(file)
	if err != nil {
		t.Fatal(err)
	}
	unneeded := regexp.MustCompile(`^/etc/ssh/moduli$|^/etc/exim4/(exim4\.conf\.template|conf\.d/)|^/etc/apache2/magic$|^/usr/lib/systemd/system/mariadb@`)
	lines := strings.Split(entries["manifest"], "\n")
	for n, line := range lines {
		f := strings.Split(line, "\t")
		switch {
		case f[0] == "file" && len(f) == 9 && unneeded.MatchString(f[8]):
			delete(entries, "root"+f[8])
			f[6], f[7] = "stat", "-"
		case f[0] == "file" && f[7] != "-":
			f[7] = "*"
		case f[0] == "cmd":
			f[2], f[3] = "*", "*"
		}
		lines[n] = strings.Join(f, "\t")
	}
	comments := regexp.MustCompile(`(?m)^([ \t]*[#;])[^!\n].*$`)
	archive := txtar.Archive{Files: []txtar.File{{Name: "manifest", Data: []byte(strings.Join(lines, "\n"))}}}
	delete(entries, "manifest")
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		text := entries[name]
		if strings.HasPrefix(name, "root/") {
			text = comments.ReplaceAllString(text, "$1")
		}
		if text != "" || strings.HasPrefix(name, "root/") {
			archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
		}
	}
	if err := os.WriteFile(debian12+"/capture.txtar", txtar.Format(&archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readArchive reads all entries of a bundle.
func readArchive(file string) (map[string]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	entries, r := map[string]string{}, tar.NewReader(bytes.NewReader(data))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		entries[h.Name] = string(text)
	}
}
