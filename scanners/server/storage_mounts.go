package server

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/blockdev"
)

// remoteFileSystems lie on another machine, which alone knows how.
var remoteFileSystems = []string{"9p", "afs", "beegfs", "ceph", "cifs", "fuse.ceph", "fuse.ceph-fuse", "fuse.glusterfs", "fuse.juicefs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
	"fuse.vmhgfs-fuse", "glusterfs", "lustre", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs"}

// ownEncryption are file systems that encrypt what they hold, with AES-256 and a key of whoever mounts them.
// https://nuetzlich.net/gocryptfs/forward_mode_crypto/
var ownEncryption = []string{"fuse.gocryptfs"}

// mounts is what findmnt -J prints. See https://man7.org/linux/man-pages/man8/findmnt.8.html.
type mounts struct {
	FileSystems []mountNode `json:"filesystems"`
}

type mountNode struct {
	Target   string      `json:"target"`
	Source   string      `json:"source"`
	FSType   string      `json:"fstype"`
	Children []mountNode `json:"children"`
}

// otherMounts adds the mounts of which lsblk knows nothing: of other machines, of file systems in user space, the data sets of ZFS, and
// all that is not known.
func (h *host) otherMounts(table *mountTable, seen layers, paths []blockdev.Path) {
	out, err := h.Output("findmnt")
	if err != nil {
		table.hidden = append(table.hidden, why("findmnt", err))
		return
	}
	var m mounts
	if err := json.Unmarshal(out, &m); err != nil {
		table.hidden = append(table.hidden, why("findmnt", err))
		return
	}
	w := mountWalk{h, table, seen, paths, h.dataSets(seen.belowZFS(paths)), map[string]bool{}}
	for _, known := range table.mounts {
		w.known[known.target] = true
	}
	w.walk(m.FileSystems, 0)
}

// mountWalk goes through what findmnt says.
type mountWalk struct {
	*host
	table    *mountTable
	seen     layers
	paths    []blockdev.Path
	dataSets map[string]evidence.Value[string]
	known    map[string]bool // targets that have been judged
}

// mountsDepth is how deep mounts may lie in each other.
const mountsDepth = 64

func (w mountWalk) walk(nodes []mountNode, depth int) {
	if depth > mountsDepth {
		w.table.hidden = append(w.table.hidden, evidence.Because("host_not_understood", "what", "findmnt"))
		return
	}
	for _, n := range nodes {
		encryption, command := w.mount(n)
		if !w.known[n.Target] && encryption != nil {
			w.known[n.Target] = true
			w.table.add(n.Target, *encryption, evidence.LevelImplementation, w.said(command))
		}
		w.walk(n.Children, depth+1)
	}
}

// mount judges one mount, and names the command that told; nil for one that holds no data.
func (w mountWalk) mount(n mountNode) (*evidence.Value[string], string) {
	open := evidence.Unresolved[string](evidence.Because("file_system_not_known", "what", n.Target, "type", n.FSType))
	switch {
	case slices.Contains(remoteFileSystems, n.FSType):
		open = evidence.Unresolved[string](evidence.Because("remote_file_system", "what", n.Target, "type", n.FSType))
	case slices.Contains(ownEncryption, n.FSType):
		open = evidence.Known(evidence.EncryptionCustomerManaged)
	case n.Target == "/" && n.FSType == "overlay": // of a container
	case !strings.HasPrefix(n.Target, "/") || !holdsData(n.Target, n.FSType):
		return nil, ""
	case n.FSType == "zfs":
		if encryption, ok := w.dataSets[n.Source]; ok {
			return &encryption, "zfs"
		}
		open = evidence.Unresolved[string](evidence.Because("volume_not_known", "what", n.Target))
		return &open, "zfs"
	default:
		if below := w.below(n.Source); len(below) > 0 {
			open = w.seen.encryption(below)
		}
	}
	return &open, "findmnt"
}

// below are the paths to a device that findmnt names, with the directory of the file system that is mounted behind it: /dev/sda2[/home].
func (w mountWalk) below(source string) []blockdev.Path {
	device, _, _ := strings.Cut(source, "[")
	var found []blockdev.Path
	for _, p := range w.paths {
		top := p.Top()
		if device == "/dev/"+top.Name || device == "/dev/"+top.Title || device == "/dev/mapper/"+top.Title {
			found = append(found, p)
		}
	}
	return spanned(found, w.paths)
}
