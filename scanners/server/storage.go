package server

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/blockdev"
)

// volumes reads what lies between mounted file systems and swap, and the disks below them.
func volumes() reader {
	return reader{name: "storage", kinds: []evidence.Kind{"volume"}, read: readVolumes}
}

// mounted is one mount, or swap, with what is known of the layers below it.
type mounted struct {
	target     string
	encryption evidence.Value[string]
	level      evidence.Level
	at         evidence.Position
}

// mountTable is what is known of all mounts, and why there may be more.
type mountTable struct {
	mounts []mounted
	hidden []evidence.Reason
}

func (m *mountTable) add(target string, encryption evidence.Value[string], level evidence.Level, at evidence.Position) {
	m.mounts = append(m.mounts, mounted{target, encryption, level, at})
}

// readVolumes makes a fact of each mounted file system that may hold personal data, and of each swap device.
func readVolumes(h *host) {
	table := h.mountTable()
	for _, why := range table.hidden {
		h.hide(why, "volume")
	}
	elsewhere := evidence.Because("location_not_observable")
	for _, m := range table.mounts {
		h.add(thing{name: "volume" + volumeName(m.target), level: m.level, at: []evidence.Position{m.at}}, evidence.Volume{
			Placement:  evidence.Placement{Region: evidence.Unresolved[string](elsewhere), Copies: evidence.Unresolved[[]string](elsewhere)},
			Encryption: m.encryption.At(m.at),
		})
	}
}

// encryptionAt is how the volume that a path lies on is encrypted.
func (h *host) encryptionAt(name string) evidence.Value[string] {
	best := mounted{encryption: evidence.Unresolved[string](evidence.Because("volume_not_known", "what", name))}
	for _, m := range h.mountTable().mounts {
		if (name == m.target || strings.HasPrefix(name, strings.TrimSuffix(m.target, "/")+"/")) && len(m.target) > len(best.target) {
			best = m
		}
	}
	return best.encryption.At(best.at)
}

// mountTable is made once for each host.
func (h *host) mountTable() mountTable {
	type mountTableKey struct{}
	return shared(h, mountTableKey{}, func() mountTable {
		var table mountTable
		out, err := h.Output("lsblk")
		if err != nil {
			h.mountsOfFiles(&table, err)
			return table
		}
		paths, err := blockdev.Parse(out)
		if err != nil {
			table.hidden = append(table.hidden, why("lsblk", err))
			return table
		}
		seen := layers{mappings: h.mappings(), virtual: h.virtualDisks()}
		h.mountsOfDisks(&table, seen, paths)
		h.otherMounts(&table, seen, paths)
		return table
	})
}

// mountsOfDisks adds what lies on disks.
func (h *host) mountsOfDisks(table *mountTable, seen layers, paths []blockdev.Path) {
	below := map[string][]blockdev.Path{}
	for _, p := range paths {
		for _, target := range p.Top().Mounts {
			below[target] = append(below[target], p)
		}
	}
	for _, target := range sortedKeys(below) {
		if holdsData(target, below[target][0].Top().FSType) {
			table.add(target, seen.encryption(spanned(below[target], paths)), evidence.LevelImplementation, h.said("lsblk"))
		}
	}
}

// spanned adds to the paths below a file system those to the other disks that it lies on.
func spanned(below, all []blockdev.Path) []blockdev.Path {
	for _, p := range all {
		if slices.ContainsFunc(below, func(b blockdev.Path) bool { return b.Top().Name != p.Top().Name && p.Top().Shares(b.Top()) }) {
			below = append(slices.Clip(below), p)
		}
	}
	return below
}

func volumeName(target string) string {
	if target == swap {
		return "/swap"
	}
	return target
}

// swap is what lsblk gives as the mount point of a swap device.
const swap = "[SWAP]"

// withoutData are file systems that hold no data of their own: they are in memory, or read only.
var withoutData = []string{"autofs", "binder", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "cpuset", "debugfs", "devpts", "devtmpfs", "efivarfs",
	"fuse.fuse-overlayfs", "fuse.gvfsd-fuse", "fuse.lxcfs", "fuse.portal", "fuse.snapfuse", "fusectl", "hugetlbfs", "iso9660", "mqueue", "nfsd", "nsfs", "overlay", "proc",
	"pstore", "ramfs", "resctrl", "rootfs", "rpc_pipefs", "securityfs", "selinuxfs", "smackfs", "squashfs", "sysfs", "tmpfs", "tracefs", "udf"}

// holdsData says whether a mount may hold personal data: not what the machine starts from, and no image of a program.
func holdsData(target, fsType string) bool {
	for _, starts := range []string{"/boot", "/efi", "/snap"} {
		if target == starts || strings.HasPrefix(target, starts+"/") {
			return false
		}
	}
	return !slices.Contains(withoutData, fsType)
}

// layers judge the layers below a mount.
type layers struct {
	mappings map[string]blockdev.Cipher // nil where nobody told
	virtual  bool                       // the disks are another machine's, which may encrypt them unseen
}

// encryption is the weakest of the paths to the disks: data lies on all of them.
func (l layers) encryption(paths []blockdev.Path) evidence.Value[string] {
	worst := evidence.Known(evidence.EncryptionCustomerManaged)
	for _, p := range paths {
		v := l.path(p)
		if unencrypted(v) {
			return v
		}
		if v.State() != evidence.StateKnown {
			worst = v
		}
	}
	return worst
}

// unencrypted says whether it is known that nothing encrypts.
func unencrypted(v evidence.Value[string]) bool {
	level, known := v.Get()
	return known && level == evidence.EncryptionNone
}

// path judges one path: an encrypted layer anywhere in it encrypts what lies above.
func (l layers) path(p blockdev.Path) evidence.Value[string] {
	for n, d := range p {
		switch {
		case d.Type == "zram":
			return evidence.Known(evidence.EncryptionCustomerManaged) // it is in memory and gone with it
		case d.Type != "crypt" || n == 0:
			continue
		}
		if v := l.mapping(d); !unencrypted(v) {
			return v
		}
	}
	if l.virtual || slices.ContainsFunc(p, blockdev.Device.Borrowed) {
		return evidence.Unresolved[string](evidence.Because("disk_below_not_seen", "device", p[0].Name))
	}
	return evidence.Known(evidence.EncryptionNone)
}

// mapping judges one mapping. Integrity and verification mappings are of type crypt too, and encrypt nothing: one below an encrypted
// mapping is how LUKS2 guards its integrity.
func (l layers) mapping(d blockdev.Device) evidence.Value[string] {
	c, ok := l.mappings[d.Title]
	switch {
	case !ok && l.mappings != nil, ok && c.Null():
		return evidence.Known(evidence.EncryptionNone)
	case ok && c.Bits == 0:
		return evidence.Unresolved[string](evidence.Because("cipher_unsure", "cipher", c.Spec, "bits", "?"))
	case ok && !c.AES256():
		return evidence.Unresolved[string](evidence.Because("cipher_unsure", "cipher", c.Spec, "bits", itoa(c.Bits)))
	case ok:
		return evidence.Known(evidence.EncryptionCustomerManaged)
	}
	return evidence.Unresolved[string](evidence.Because("host_not_collected", "what", "dmsetup table"))
}

// mappings are the ciphers of the encrypted mappings, nil where the host did not tell.
func (h *host) mappings() map[string]blockdev.Cipher {
	out, err := h.Output("dmsetup")
	if err != nil {
		return nil
	}
	return blockdev.Mappings(out)
}

// virtualDisks says whether the host is a virtual machine, so that its disks are files or volumes of another machine.
func (h *host) virtualDisks() bool {
	c, err := h.Command("virt")
	said := strings.TrimSpace(string(c.Out))
	return err != nil || c.Exit == 127 || said != "none"
}

// dataSets are how the data sets of ZFS are encrypted, by their names: it is a property that they inherit. What is not encrypted itself may
// lie on what is.
// https://openzfs.github.io/openzfs-docs/man/master/7/zfsprops.7.html
func (h *host) dataSets(below evidence.Value[string]) map[string]evidence.Value[string] {
	out, err := h.Output("zfs")
	if err != nil {
		return nil
	}
	all := map[string]evidence.Value[string]{}
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) < 3 || f[1] != "encryption" {
			continue
		}
		if all[f[0]] = zfsLevel(f[2]); f[2] == "off" {
			all[f[0]] = below
		}
	}
	return all
}

// belowZFS is what lies below the pools: known where it is the same below all of their members.
func (l layers) belowZFS(paths []blockdev.Path) evidence.Value[string] {
	below := evidence.Unresolved[string](evidence.Because("disk_below_not_seen", "device", "zfs"))
	found := false
	for _, p := range paths {
		if p.Top().FSType != "zfs_member" {
			continue
		}
		v := l.path(p)
		level, known := v.Get()
		if first, _ := below.Get(); !known || found && first != level {
			return evidence.Unresolved[string](evidence.Because("disk_below_not_seen", "device", p[0].Name))
		}
		below, found = v, true
	}
	return below
}

func zfsLevel(property string) evidence.Value[string] {
	switch {
	case property == "off":
		return evidence.Known(evidence.EncryptionNone)
	case strings.HasPrefix(property, "aes-256-"):
		return evidence.Known(evidence.EncryptionCustomerManaged)
	}
	return evidence.Unresolved[string](evidence.Because("cipher_unsure", "cipher", property, "bits", "?"))
}

// mountsOfFiles adds those of fstab and crypttab, where no running host told more; err is why.
func (h *host) mountsOfFiles(table *mountTable, err error) {
	text, fstabErr := h.Read("/etc/fstab")
	if fstabErr != nil {
		if !errors.Is(fstabErr, fs.ErrNotExist) {
			err = fstabErr
		}
		table.hidden = append(table.hidden, why("lsblk", err))
		return
	}
	table.hidden = append(table.hidden, evidence.Because("mounts_of_files", "what", "/etc/fstab"))
	tab, tabErr := h.Read("/etc/crypttab")
	mapped, virtual := blockdev.Crypttab(tab), h.virtualDisks()
	for _, m := range blockdev.Fstab(text) {
		if m.FSType == "swap" {
			m.Target = swap
		}
		if holdsData(m.Target, m.FSType) && (strings.HasPrefix(m.Target, "/") || m.Target == swap) {
			table.add(m.Target, fileLevel(m, mapped, tabErr, virtual), evidence.LevelDesign, h.line("/etc/fstab", m.Line, ""))
		}
	}
}

// fileLevel is what fstab and crypttab say of a mount. A device that is named by the identity of its file system, or that is a
// logical volume, may lie on anything.
func fileLevel(m blockdev.Mount, mapped []blockdev.Tab, tabErr error, virtual bool) evidence.Value[string] {
	name, isMapping := strings.CutPrefix(m.Source, "/dev/mapper/")
	known := slices.ContainsFunc(mapped, func(t blockdev.Tab) bool { return t.Name == name })
	switch {
	case isMapping && known:
		return tabLevel(mapped, name)
	case tabErr != nil && !errors.Is(tabErr, fs.ErrNotExist):
		return untold[string]("/etc/crypttab", tabErr)
	case isPartition(m.Source) && virtual:
		return evidence.Unresolved[string](evidence.Because("disk_below_not_seen", "device", path.Base(m.Source)))
	case isPartition(m.Source):
		return evidence.Known(evidence.EncryptionNone)
	}
	return evidence.Unresolved[string](evidence.Because("needs_running_host", "what", m.Source))
}

// tabLevel is what crypttab says of a mapping. How one with a header is encrypted stands in the header, whatever is cryptsetup's default
// today. https://man7.org/linux/man-pages/man5/crypttab.5.html
func tabLevel(mapped []blockdev.Tab, name string) evidence.Value[string] {
	t := mapped[slices.IndexFunc(mapped, func(t blockdev.Tab) bool { return t.Name == name })]
	c := t.Cipher()
	switch {
	case !t.Plain():
		return evidence.Unresolved[string](evidence.Because("cipher_of_header", "device", t.Source))
	case c.Null():
		return evidence.Known(evidence.EncryptionNone)
	case c.Spec == "" || c.Bits == 0:
		return evidence.Unresolved[string](evidence.Because("cipher_of_version", "device", t.Source))
	case c.AES256():
		return evidence.Known(evidence.EncryptionCustomerManaged)
	}
	return evidence.Unresolved[string](evidence.Because("cipher_unsure", "cipher", c.Spec, "bits", itoa(c.Bits)))
}

// isPartition says whether a device is a disk or a partition of one, below which nothing of the host's own can lie.
func isPartition(source string) bool {
	if path.Dir(source) != "/dev" {
		return false
	}
	device := path.Base(source)
	return strings.HasPrefix(device, "sd") || strings.HasPrefix(device, "hd") || strings.HasPrefix(device, "nvme")
}
