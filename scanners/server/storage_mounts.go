package server

import (
	"encoding/json"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// remoteFileSystems lie on another machine, which alone knows how.
var remoteFileSystems = []string{"ceph", "cifs", "fuse.ceph", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "nfs", "nfs4", "smb3",
	"9p", "virtiofs"}

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

// otherMounts adds the mounts of which lsblk knows nothing: of other machines, of file systems in user space, and the data sets of ZFS.
func (h *host) otherMounts(table *mountTable, dataSets map[string]evidence.Value[string]) {
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
	h.walkMounts(table, m.FileSystems, dataSets)
}

func (h *host) walkMounts(table *mountTable, nodes []mountNode, dataSets map[string]evidence.Value[string]) {
	for _, n := range nodes {
		switch {
		case slices.Contains(remoteFileSystems, n.FSType):
			elsewhere := evidence.Unresolved[string](evidence.Because("remote_file_system", "what", n.Target, "type", n.FSType))
			table.add(n.Target, elsewhere, evidence.LevelImplementation, h.said("findmnt"))
		case n.FSType == "zfs" && holdsData(n.Target, n.FSType):
			encryption, ok := dataSets[n.Source]
			if !ok {
				encryption = evidence.Unresolved[string](evidence.Because("volume_not_known", "what", n.Target))
			}
			table.add(n.Target, encryption, evidence.LevelImplementation, h.said("zfs"))
		case slices.Contains(ownEncryption, n.FSType):
			table.add(n.Target, evidence.Known(evidence.EncryptionCustomerManaged), evidence.LevelImplementation, h.said("findmnt"))
		}
		h.walkMounts(table, n.Children, dataSets)
	}
}
