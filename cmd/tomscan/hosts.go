package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
	"github.com/tomscan/tomscan/scanners/server"
)

const serverLong = `
Which servers: those that are named, by ssh://HOST, --hosts, --ssh-config, --inventory, --bundle or --root, or by the server block of
the configuration; this machine when there are none. Nothing is changed on them: one script, which ` + "`tomscan capture-script`" + `
prints, reads listed files and commands, leaves secrets out at the source and writes one archive. PATHs are Terraform code that is
read as well.`

// hostFlags say which servers are read, and how.
type hostFlags struct {
	hosts     []string // ssh://[USER@]HOST[:PORT]
	bundles   []string // [NAME=]FILE
	roots     []string // [NAME=]DIR
	lists     []string
	inventory string
	sshConfig string
	sudo      bool
	jobs      int
	timeout   time.Duration
	keep      string
}

func (h *hostFlags) register(f *pflag.FlagSet) {
	f.StringArrayVar(&h.bundles, "bundle", nil, "captured bundle `[NAME=]FILE`; repeatable")
	f.StringArrayVar(&h.roots, "root", nil, "unpacked root directory of a server, or mounted image `[NAME=]DIR`; repeatable")
	f.StringArrayVar(&h.lists, "hosts", nil, "`FILE` with one host in each line, as ssh://HOST or HOST; repeatable")
	f.StringVar(&h.inventory, "inventory", "", "Ansible inventory `FILE`, INI or YAML, of hosts to read through SSH")
	f.StringVar(&h.sshConfig, "ssh-config", "", "configuration `FILE` of the ssh client; without other hosts, those that it names are read")
	f.BoolVar(&h.sudo, "sudo", false, "capture as the superuser where sudo allows it without a password")
	f.IntVar(&h.jobs, "jobs", 0, "`N` servers at the same time (default: one for each processor; through SSH eight)")
	f.DurationVar(&h.timeout, "timeout", 5*time.Minute, "how long one capture may take: `DURATION`")
	f.StringVar(&h.keep, "keep", "", "keep the bundles of captures in `DIR`")
}

// options are the collector's options: flags first, then the configuration; this machine where neither names a server.
func (h *hostFlags) options(p *program, c config) (server.Options, error) {
	if err := h.settle(c); err != nil {
		return server.Options{}, err
	}
	o := server.Options{Parallel: h.jobs, Log: p.detail}
	named, err := h.named()
	if err != nil {
		return o, err
	}
	for _, add := range []func() ([]server.Target, error){h.bundleTargets, h.rootTargets} {
		targets, err := add()
		if err != nil {
			return o, err
		}
		o.Targets = append(o.Targets, targets...)
	}
	for _, d := range named {
		o.Targets = append(o.Targets, h.target(p, d.name(), d.String(), d.command(h)))
	}
	if len(o.Targets) == 0 {
		o.Targets = []server.Target{h.target(p, "", "this host", localCommand(h.sudo))}
	}
	if o.Parallel == 0 && len(named) > 0 {
		o.Parallel = sshAtOnce
	}
	return o, distinct(o.Targets)
}

// settle completes the flags with the configuration; flags win: where they name servers, those of the configuration are not read.
func (h *hostFlags) settle(c config) error {
	if h.jobs < 0 || h.timeout < 0 {
		return usageError("--jobs or --timeout is negative", "write a number of servers, and a time such as 5m")
	}
	if h.timeout == 0 {
		h.timeout = 5 * time.Minute
	}
	b := c.Server
	if b == nil {
		return nil
	}
	h.sudo = h.sudo || b.Sudo
	if h.sshConfig == "" {
		h.sshConfig = c.path(b.SSHConfig)
	}
	if len(h.hosts)+len(h.bundles)+len(h.roots)+len(h.lists) > 0 || h.inventory != "" {
		return nil
	}
	h.hosts, h.inventory = b.Hosts, c.path(b.Inventory)
	for _, pattern := range b.Bundles {
		found, err := filepath.Glob(c.path(pattern))
		if err != nil || len(found) == 0 {
			return usageError("bundles: no file matches "+quote(pattern), "patterns are relative to %s", configName)
		}
		for _, file := range found {
			h.bundles = append(h.bundles, "="+file) // a name of a file may hold an equals sign
		}
	}
	for _, root := range b.Roots {
		name, dir := splitName(root)
		h.roots = append(h.roots, name+"="+c.path(dir))
	}
	return nil
}

// splitName reads [NAME=]PATH.
func splitName(arg string) (name, path string) {
	name, path, ok := strings.Cut(arg, "=")
	if !ok {
		return "", arg
	}
	return name, path
}

// bundleTargets are the bundles that are read from files.
func (h *hostFlags) bundleTargets() ([]server.Target, error) {
	var all []server.Target
	for _, arg := range h.bundles {
		name, file := splitName(arg)
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
			return nil, usageError("--bundle "+file+": no such file", "`tomscan capture-script` prints the script that writes one")
		}
		open := func(context.Context) (io.ReadCloser, error) {
			f, err := os.Open(file)
			if err != nil {
				return nil, rootCause(err)
			}
			return f, nil
		}
		all = append(all, server.Target{Name: name, Origin: file, Bundle: open})
	}
	return all, nil
}

// rootTargets are the root directories.
func (h *hostFlags) rootTargets() ([]server.Target, error) {
	var all []server.Target
	for _, arg := range h.roots {
		name, dir := splitName(arg)
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, usageError("--root "+dir+": "+rootCause(err).Error(), "name the directory that is a server's /")
		}
		all = append(all, server.Target{Name: name, Origin: dir, Root: root.FS()})
	}
	return all, nil
}

// distinct fails when two targets have one name.
func distinct(targets []server.Target) error {
	seen := map[string]string{}
	for _, t := range targets {
		if other, ok := seen[t.Name]; ok && t.Name != "" {
			return usageError("two servers are named "+quote(t.Name)+": "+other+" and "+t.Origin, "give one of them another name: NAME=FILE")
		}
		seen[t.Name] = t.Origin
	}
	return nil
}

// collectHosts reads the servers. One that cannot be read is said on standard error, and is a gap of the report.
func (p *program) collectHosts(ctx context.Context, o server.Options) (evidence.Snapshot, error) {
	p.progress("reading servers")
	snapshot, err := server.New(o).Collect(ctx)
	p.progress("")
	if err != nil {
		return snapshot, collectTrouble(err)
	}
	unread := 0
	var english reports.Words
	for _, s := range snapshot.Sweeps {
		for _, n := range s.Notes {
			if n.Code == "host_in_part" {
				p.warnLine(oneLine(s.Place.Host + ": " + english.Reason(n.Reason)))
			}
		}
		for _, g := range s.Gaps {
			if g.Code == "host_unreadable" {
				unread++
				p.warnLine(oneLine(g.Args["host"] + ": " + g.Args["why"]))
			}
		}
	}
	if unread == len(snapshot.Sweeps) && ctx.Err() == nil {
		return snapshot, cannotRun(errors.New("no server could be read"), "the lines above say why")
	}
	return snapshot, nil
}
