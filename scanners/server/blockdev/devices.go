package blockdev

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// depthLimit is how many layers may lie on each other.
const depthLimit = 32

// Device is one layer: a disk, a partition, a RAID, a logical volume, an encrypted mapping.
type Device struct {
	Name   string // kernel's name, such as dm-0
	Title  string // name of a mapping, such as vg-root
	Type   string // disk, part, crypt, lvm, raid1, loop, zram ...
	FSType string // what is on it: ext4, crypto_LUKS, LVM2_member, swap ...
	UUID   string // of what is on it: members of one file system have the same
	Mounts []string
}

// Shares says whether a device may be a member of the file system on another: those of Btrfs and bcachefs lie on several disks, of
// which one is shown as mounted. https://btrfs.readthedocs.io/en/latest/Volume-management.html
func (d Device) Shares(o Device) bool {
	spans := d.FSType == o.FSType && (d.FSType == "btrfs" || d.FSType == "bcachefs")
	return spans && (d.UUID == o.UUID || d.UUID == "" || o.UUID == "")
}

// Borrowed says whether something lies below the device that lsblk does not show: a file, a data set of ZFS, another machine's disk.
func (d Device) Borrowed() bool {
	return d.Type == "loop" || slices.ContainsFunc([]string{"drbd", "nbd", "rbd", "zd"}, func(driver string) bool {
		number, ok := strings.CutPrefix(d.Name, driver)
		return ok && number != "" && strings.Trim(number, "0123456789p") == ""
	})
}

// Path is a stack of layers from a disk (first) to what is mounted or used as swap (last).
type Path []Device

// Top is what is mounted.
func (p Path) Top() Device { return p[len(p)-1] }

// node is a device as lsblk prints it. See https://man7.org/linux/man-pages/man8/lsblk.8.html.
type node struct {
	Name        string    `json:"name"`
	KName       string    `json:"kname"`
	Type        string    `json:"type"`
	FSType      *string   `json:"fstype"`
	UUID        *string   `json:"uuid"`
	MountPoint  *string   `json:"mountpoint"`
	MountPoints []*string `json:"mountpoints"`
	Children    []node    `json:"children"`
}

// Parse reads what `lsblk -J -b` printed and returns every path from a disk to a layer that nothing else lies on, or that is
// mounted. A layer on several disks, as of a RAID, ends several paths.
func Parse(lsblk []byte) ([]Path, error) {
	var out struct {
		Devices []node `json:"blockdevices"`
	}
	if err := json.Unmarshal(lsblk, &out); err != nil {
		return nil, fmt.Errorf("read lsblk: %w", err)
	}
	var paths []Path
	for _, n := range out.Devices {
		found, err := n.paths(nil)
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	return paths, nil
}

// paths returns the paths that end at n or above it.
func (n node) paths(below Path) ([]Path, error) {
	if len(below) >= depthLimit {
		return nil, errors.New("read lsblk: too many layers")
	}
	here := append(slices.Clone(below), n.device())
	var all []Path
	if len(n.Children) == 0 || len(here.Top().Mounts) > 0 {
		all = append(all, here)
	}
	for _, child := range n.Children {
		found, err := child.paths(here)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func (n node) device() Device {
	d := Device{Name: n.KName, Title: n.Name, Type: n.Type}
	if d.Name == "" {
		d.Name = n.Name
	}
	if n.FSType != nil {
		d.FSType = *n.FSType
	}
	if n.UUID != nil {
		d.UUID = *n.UUID
	}
	for _, m := range append(n.MountPoints, n.MountPoint) {
		if m != nil && *m != "" && !slices.Contains(d.Mounts, *m) {
			d.Mounts = append(d.Mounts, *m)
		}
	}
	return d
}

// Cipher is what encrypts a mapping.
type Cipher struct {
	Spec string // such as aes-xts-plain64
	Bits int    // of the key; 0 where it is not told
}

// Null says whether the cipher encrypts nothing: cipher_null copies. https://docs.kernel.org/crypto/userspace-if.html
func (c Cipher) Null() bool { return strings.Contains(c.Spec, "cipher_null") }

// AES256 says whether the cipher is AES with a key of 256 bits. In XTS mode a key has two halves, so 512 bits make AES-256: see
// https://gitlab.com/cryptsetup/cryptsetup/-/wikis/FrequentlyAskedQuestions (5.19).
func (c Cipher) AES256() bool {
	need := 256
	if strings.Contains(c.Spec, "-xts-") {
		need = 512
	}
	return strings.HasPrefix(c.Spec, "aes-") && c.Bits >= need
}
