package server

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/packets"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// atBoot says whether the host starts with a filter that lets the same packets in as the one that is in force. A host that loads no
// rules starts with none.
func (h *host) atBoot(f packetFilter) evidence.Value[bool] {
	boot := h.bootFilter()
	switch {
	case f.Filter == nil:
		return untold[bool](f.of, f.err).At(f.at)
	case boot.Filter == nil:
		return untold[bool](boot.of, boot.err).At(boot.at)
	case boot.Rules.Empty() && boot.besides != "":
		return untold[bool](boot.besides, packets.ErrNotRead).At(boot.at)
	case boot.Rules.Empty():
		return evidence.Known(false).At(f.at, boot.at)
	case !h.Live:
		return evidence.Known(true).At(boot.at)
	}
	boot.Network = f.Network
	same, known := packets.Same(f.Filter, boot.Filter)
	switch {
	case boot.besides != "" && (!same || !known):
		return untold[bool](boot.besides, packets.ErrNotRead).At(boot.at)
	case !known:
		return evidence.Unresolved[bool](undecided(nil)).At(f.at, boot.at)
	}
	if !same {
		return evidence.Known(false).At(f.at, boot.at)
	}
	lines, err := h.opensAtBoot(f)
	if err != nil {
		return untold[bool]("sysctl.d", err).At(f.at, boot.at)
	}
	return evidence.Known(len(lines) == 0).At(append(lines, f.at, boot.at)...)
}

// bootFilter reads the filter that a host starts with, by the units that load one.
func (h *host) bootFilter() packetFilter {
	f := packetFilter{Filter: &packets.Filter{Rules: &packets.Ruleset{}}, at: h.line("/etc/systemd/system", 0, "")}
	services := systemd.Of(h.Capture)
	for _, loader := range packets.Loaders() {
		unit, err := services.Enabled(loader.Unit)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !unit.Starts {
			continue
		}
		if unit.By != "" {
			f.at = h.line(unit.By, 0, "")
		}
		if err != nil {
			return packetFilter{err: err, of: loader.Unit, at: f.at}
		}
		rules, err := loader.Read(h)
		if err != nil {
			return packetFilter{err: err, of: loader.Unit, at: f.at}
		}
		f.Rules = packets.Together(f.Rules, rules)
	}
	f.besides = cmp.Or(h.otherLoader(services), h.loadingHook())
	return f
}

// filtering is how commands that load rules are named.
var filtering = regexp.MustCompile(`\b(ip6?tables|nft|ipset|ebtables)\b|firewall|nftables`)

// otherLoader is a unit of one's own that is started with the host and may load rules: its name, its commands or a script that it runs
// say so. What only bans addresses for a while loads none that last: https://docs.crowdsec.net/u/bouncers/firewall
func (h *host) otherLoader(services systemd.Host) string {
	known := []string{"crowdsec-firewall-bouncer.service"}
	for _, loader := range packets.Loaders() {
		known = append(known, loader.Unit)
	}
	for _, pattern := range []string{"/etc/systemd/system/*.wants/*.service", "/etc/systemd/system/*.requires/*.service"} {
		links, err := capture.Glob(h, pattern)
		if capture.UnlessAbsent(err) != nil {
			return pattern
		}
		for _, link := range links {
			name := path.Base(link)
			unit, err := services.Unit(name)
			if err == nil && !unit.Masked && !slices.Contains(known, name) && !slices.Contains(known, unit.Name) && h.filters(unit) {
				return name
			}
		}
	}
	return ""
}

// filters says whether a unit looks as if it loaded rules.
func (h *host) filters(unit systemd.Unit) bool {
	if filtering.MatchString(unit.Name) {
		return true
	}
	for _, key := range []string{"ExecStartPre", "ExecStart", "ExecStartPost"} {
		for _, command := range unit.List("Service", key) {
			if filtering.MatchString(command.Value) || slices.ContainsFunc(strings.Fields(command.Value), h.filteringScript) {
				return true
			}
		}
	}
	return false
}

// filteringScript says whether a word is a script that names a command which loads rules.
func (h *host) filteringScript(word string) bool {
	word = strings.TrimLeft(word, "-@:+!")
	if !path.IsAbs(word) {
		return false
	}
	text, err := h.Read(word)
	return err == nil && strings.HasPrefix(string(text), "#!") && filtering.Match(text)
}

// interfaces is where Debian's ifupdown is told what runs when an interface goes up.
// https://manpages.debian.org/bookworm/ifupdown/interfaces.5.en.html
const interfaces = "/etc/network/interfaces"

// loadingHook is a file that runs at the start, beside units, and may load rules: rc.local and the hooks of interfaces.
// https://www.freedesktop.org/software/systemd/man/latest/systemd-rc-local-generator.html
func (h *host) loadingHook() string {
	files := []string{"/etc/rc.local"}
	for _, dir := range []string{"/etc/network/if-pre-up.d", "/etc/network/if-up.d"} {
		names, err := h.List(dir)
		if capture.UnlessAbsent(err) != nil {
			return dir
		}
		for _, name := range names {
			files = append(files, path.Join(dir, name))
		}
	}
	for _, file := range files {
		info, err := h.Stat(file)
		if err == nil && info.Mode&0o111 == 0 {
			continue
		}
		if text, err := h.Read(file); mayFilter(text, err) {
			return file
		}
	}
	text, err := h.Read(interfaces)
	if out, told := h.Output("ifup-hooks"); told == nil && !errors.Is(err, fs.ErrNotExist) {
		text, err = out, nil
	}
	if mayFilter(text, err) {
		return interfaces
	}
	return ""
}

// mayFilter says whether a text, or one that could not be read, may load rules.
func mayFilter(text []byte, err error) bool {
	return capture.UnlessAbsent(err) != nil || err == nil && filtering.Match(text)
}

// startsDocker says whether Docker is started with the host, or may be.
func (h *host) startsDocker() bool {
	unit, err := systemd.Of(h.Capture).Enabled("docker.service")
	return unit.Starts || err != nil && !errors.Is(err, fs.ErrNotExist)
}
