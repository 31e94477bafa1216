package server

import (
	"encoding/json"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// remoteFileSystems lie on another machine, which alone knows how.
var remoteFileSystems = []string{"ceph", "cifs", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs", "nfs", "nfs4", "smb3"}

// ownEncryption are file systems that encrypt what they hold, with AES-256 and a key of whoever mounts them.
// https://nuetzlich.net/gocryptfs/forward_mode_crypto/
var ownEncryption = []string{"fuse.gocryptfs"}

// mounts is what findmnt -J prints. See https://man7.org/linux/man-pages/man8/findmnt.8.html.
type mounts struct {
	FileSystems []mountNode `json:"filesystems"`
}

type mountNode struct {
	Target   string      `json:"target"`
	FSType   string      `json:"fstype"`
	Children []mountNode `json:"children"`
}

// otherMounts adds the mounts that lie on no disk of the host.
func (h *host) otherMounts(table *mountTable) {
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
	h.walkMounts(table, m.FileSystems)
}

func (h *host) walkMounts(table *mountTable, nodes []mountNode) {
	for _, n := range nodes {
		switch {
		case slices.Contains(remoteFileSystems, n.FSType):
			elsewhere := evidence.Unresolved[string](evidence.Because("remote_file_system", "what", n.Target, "type", n.FSType))
			table.add(n.Target, elsewhere, evidence.LevelImplementation, h.said("findmnt"))
		case slices.Contains(ownEncryption, n.FSType):
			table.add(n.Target, evidence.Known(evidence.EncryptionCustomerManaged), evidence.LevelImplementation, h.said("findmnt"))
		}
		h.walkMounts(table, n.Children)
	}
}
