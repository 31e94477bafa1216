package main

import (
	"github.com/hashicorp/hcl/v2"
)

// serverBlock says which servers are read and how. Flags win.
type serverBlock struct {
	Hosts     []string  `hcl:"hosts,optional"`
	Bundles   []string  `hcl:"bundles,optional"`
	Roots     []string  `hcl:"roots,optional"`
	Inventory string    `hcl:"inventory,optional"`
	SSHConfig string    `hcl:"ssh_config,optional"`
	Sudo      bool      `hcl:"sudo,optional"`
	Range     hcl.Range `hcl:",def_range"`
}

// probeBlock says which endpoints are called. Flags win.
type probeBlock struct {
	Endpoints []string  `hcl:"endpoints"`
	CABundle  string    `hcl:"ca_bundle,optional"`
	Range     hcl.Range `hcl:",def_range"`
}

// validateLive checks what the schema cannot say of the blocks of live sources.
func (c config) validateLive() hcl.Diagnostics {
	d := c.validateAWS()
	if c.Server == nil {
		return d
	}
	for _, host := range c.Server.Hosts {
		if _, err := parseDestination(host); err != nil {
			d = append(d, problem("No host", err.Error()+"; it looks like ssh://audit@db1.example.com:2222.", c.Server.Range))
		}
	}
	return d
}

// confineLive refuses what a configuration that was found, and not named, must not say: where credentials are shown, whom to trust, and
// what a client runs (ProxyCommand and the like of ssh_config).
func (c config) confineLive() hcl.Diagnostics {
	d := c.confineAWS()
	if c.Server != nil && c.Server.SSHConfig != "" {
		d = append(d, problem("ssh_config of a configuration that was found",
			"It may run commands on this machine. If you trust the configuration, name it with --config.", c.Server.Range))
	}
	if c.Probe != nil && c.Probe.CABundle != "" {
		d = append(d, problem("ca_bundle of a configuration that was found",
			"It says whom to trust. If you trust the configuration, name it with --config.", c.Probe.Range))
	}
	return d
}

// livePaths are the paths that the blocks of live sources name.
func (c config) livePaths() []string {
	if c.Server == nil {
		return nil
	}
	paths := append([]string{c.Server.Inventory}, c.Server.Bundles...)
	for _, root := range c.Server.Roots {
		_, dir := splitName(root)
		paths = append(paths, dir)
	}
	return paths
}
