package sysctl

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Forwarding is whether a host forwards packets of a family after its start, as far as the files say.
type Forwarding struct {
	On bool
	By Setting // the line that turns it on, or off for all devices; zero where none says anything
}

// Forwarding follows what the keys of forwarding do to each other: one for all devices sets those of each, and of devices to come, where
// it changes. https://docs.kernel.org/networking/ip-sysctl.html
func (c Config) Forwarding() (four, six Forwarding) {
	devices := forwards{}
	var forced Forwarding
	for _, s := range c.Writes(forwardingKeys()) {
		n, err := number(s.Value)
		if err != nil {
			continue // the kernel refuses it
		}
		said := Forwarding{On: n != 0, By: s}
		if device, ok := deviceOf(s.Key, "net/ipv4/conf/", "/forwarding"); ok {
			devices.write(device, said)
		} else if s.Key == "net/ipv4/ip_forward" {
			devices.write("all", said)
		} else if s.Key == "net/ipv6/conf/all/forwarding" {
			six = said
		} else if _, ok := deviceOf(s.Key, "net/ipv6/conf/", "/force_forwarding"); ok && said.On {
			forced = said
		}
	}
	if forced.On && !six.On {
		six = forced
	}
	return devices.any(), six
}

// deviceOf is the device in a key.
func deviceOf(key, before, after string) (string, bool) {
	rest, begins := strings.CutPrefix(key, before)
	device, ends := strings.CutSuffix(rest, after)
	return device, begins && ends
}

// forwardingKeys are the keys that patterns may match: of all devices, of devices to come, and of one.
func forwardingKeys() []string {
	keys := []string{"net/ipv4/ip_forward"}
	for _, device := range []string{"all", "default", "eth0"} {
		keys = append(keys, "net/ipv4/conf/"+device+"/forwarding", "net/ipv6/conf/"+device+"/forwarding")
	}
	return append(keys, "net/ipv6/conf/all/force_forwarding", "net/ipv6/conf/eth0/force_forwarding")
}

// forwards is the kernel's state of IPv4 by device: all is "all", devices to come are "default".
type forwards map[string]Forwarding

// write sets the key of a device, as the kernel does: that of all changes the others only where it changes itself.
// https://github.com/torvalds/linux/blob/v6.1/net/ipv4/devinet.c#L2450
func (f forwards) write(device string, said Forwarding) {
	if device == "all" && said.On != f["all"].On {
		for name := range f {
			f[name] = said
		}
		f["default"] = said
	}
	f[device] = said
}

// any says whether any device forwards.
func (f forwards) any() Forwarding {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if f[name].On {
			return f[name]
		}
	}
	return f["all"]
}

// number reads the first number of a value as the kernel does.
func number(value string) (int64, error) {
	first, _, _ := strings.Cut(strings.ReplaceAll(value, "\t", " "), " ")
	return strconv.ParseInt(first, 0, 32)
}
