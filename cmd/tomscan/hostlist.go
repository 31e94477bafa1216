package main

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// named are the servers to read through SSH: those of the flags, lists and the inventory, and without any those of the ssh client's
// configuration where one was given. Each is read once.
func (h *hostFlags) named() ([]destination, error) {
	texts := slices.Clone(h.hosts)
	for _, file := range h.lists {
		lines, err := listedHosts(file)
		if err != nil {
			return nil, err
		}
		texts = append(texts, lines...)
	}
	if h.inventory != "" {
		found, err := inventoryHosts(h.inventory)
		if err != nil {
			return nil, err
		}
		texts = append(texts, found...)
	}
	if len(texts)+len(h.bundles)+len(h.roots) == 0 && h.sshConfig != "" {
		found, err := sshConfigHosts(h.sshConfig)
		if err != nil {
			return nil, err
		}
		texts = found
	}
	var all []destination
	for _, text := range texts {
		d, err := parseDestination(text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	return all, nil
}

// listedHosts reads a file with one host in each line; # begins a comment.
func listedHosts(file string) ([]string, error) {
	var all []string
	err := eachLine(file, func(line string) {
		if fields := strings.Fields(line); len(fields) > 0 {
			all = append(all, fields[0])
		}
	})
	return all, orNone(file, all, err)
}

// sshConfigHosts are the names that the Host lines of a client's configuration give without a pattern.
func sshConfigHosts(file string) ([]string, error) {
	var all []string
	err := eachLine(file, func(line string) {
		fields := strings.Fields(strings.Replace(line, "=", " ", 1))
		if len(fields) < 2 || !strings.EqualFold(fields[0], "host") {
			return
		}
		for _, name := range fields[1:] {
			if !strings.ContainsAny(name, "*?!") {
				all = append(all, strings.Trim(name, `"`))
			}
		}
	})
	return all, orNone(file, all, err)
}

// eachLine calls do for every line of a file without its comment.
func eachLine(file string, do func(line string)) error {
	data, err := readBounded(file, configLimit)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, configLimit)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		do(line)
	}
	return nil
}

func orNone(file string, hosts []string, err error) error {
	if err == nil && len(hosts) == 0 {
		return usageError(file+": names no host", "is it the right file?")
	}
	return err
}

// inventoryHosts reads the hosts of an Ansible inventory, in its INI or its YAML form, sorted: by their ansible_host, ansible_user and
// ansible_port where these are given.
// https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
func inventoryHosts(file string) ([]string, error) {
	data, err := readBounded(file, configLimit)
	if err != nil {
		return nil, err
	}
	hosts := map[string]map[string]string{}
	if strings.HasSuffix(file, ".yml") || strings.HasSuffix(file, ".yaml") {
		var groups map[string]inventoryGroup
		if err := yaml.Unmarshal(data, &groups); err != nil {
			return nil, usageError(file+": "+err.Error(), "it is read as an Ansible inventory in YAML")
		}
		for _, name := range slices.Sorted(maps.Keys(groups)) {
			groups[name].gather(hosts)
		}
	} else if err := inventoryLines(file, data, hosts); err != nil {
		return nil, err
	}
	var all []string
	for name, variables := range hosts {
		all = append(all, inventoryDestination(name, variables))
	}
	slices.Sort(all)
	return all, orNone(file, all, nil)
}

// inventoryGroup is a group of an inventory in YAML.
type inventoryGroup struct {
	Hosts    map[string]map[string]any `yaml:"hosts"`
	Children map[string]inventoryGroup `yaml:"children"`
}

// gather adds the hosts of the group and of those below it.
func (g inventoryGroup) gather(hosts map[string]map[string]string) {
	for name, variables := range g.Hosts {
		if hosts[name] == nil {
			hosts[name] = map[string]string{}
		}
		for key, value := range variables {
			hosts[name][key] = fmt.Sprint(value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g.Children)) {
		g.Children[name].gather(hosts)
	}
}

// inventoryLines reads an inventory in INI form: hosts stand outside of sections, and in those that are neither :vars nor :children.
func inventoryLines(file string, data []byte, hosts map[string]map[string]string) error {
	skip := false
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			skip = strings.HasSuffix(line, ":vars]") || strings.HasSuffix(line, ":children]")
		case !skip:
			fields := strings.Fields(line)
			if strings.ContainsAny(fields[0], "[=") {
				return usageError(fmt.Sprintf("%s:%d: %s is not understood", file, n+1, quote(fields[0])), "name each host in a line of its own; ranges are not read")
			}
			if hosts[fields[0]] == nil {
				hosts[fields[0]] = map[string]string{}
			}
			for _, field := range fields[1:] {
				if key, value, ok := strings.Cut(field, "="); ok {
					hosts[fields[0]][key] = strings.Trim(value, `"'`)
				}
			}
		}
	}
	return nil
}

// inventoryDestination is how SSH reaches a host of an inventory.
func inventoryDestination(name string, variables map[string]string) string {
	d := destination{user: variables["ansible_user"], host: name, port: variables["ansible_port"]}
	if address := variables["ansible_host"]; address != "" {
		d.host = address
	}
	return d.String()
}
