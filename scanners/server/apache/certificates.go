package apache

import (
	"path"
	"strings"
)

// Certificate is a file whose first certificate a host presents.
type Certificate struct {
	File string
	At   Position
}

// Certificates lists the files that a host presents on a socket with TLS, and why there may be others. The host's own take the places of
// the main server's, one by one, and what that has beyond stays: modssl_ctx_cfg_merge_certkeys_array of
// https://github.com/apache/httpd/blob/2.4.62/modules/ssl/ssl_engine_config.c
func (k Socket) Certificates(h *Host) ([]Certificate, *Problem) {
	tls := k.TLS(h)
	if !tls.On {
		return nil, tls.Doubt
	}
	sc := h.scope()
	if on, _, _ := sc.engine(); !on {
		sc = k.Hosts[0].scope()
	}
	own, main := called(sc.own, "sslcertificatefile"), called(sc.main, "sslcertificatefile")
	all := append([]*Directive{}, own...)
	all = append(all, main[min(len(own), len(main)):]...)
	doubt := first(sc.doubt, sc.host.Doubt)
	if managed := sc.all("mdomain", "mdomainset"); len(all) == 0 || len(managed) > 0 {
		doubt = first(doubt, &Problem{Position: sc.host.At, What: sc.host.At.File}) // mod_md has files of its own
	}
	var files []Certificate
	for _, d := range all {
		switch file := d.Args; {
		case d.Doubt != nil || len(file) != 1 || strings.Contains(file[0], "${") || strings.Contains(file[0], "pkcs11:"):
			doubt = first(doubt, d.Doubt, &Problem{Position: d.At, What: d.At.File})
		case path.IsAbs(file[0]):
			files = append(files, Certificate{path.Clean(file[0]), d.At})
		default:
			files = append(files, Certificate{path.Join(h.server.Tree.Root, file[0]), d.At})
		}
	}
	return files, doubt
}

// called are the directives of a list that have a name.
func called(list []*Directive, name string) []*Directive {
	var found []*Directive
	for _, d := range list {
		if d.Name == name {
			found = append(found, d)
		}
	}
	return found
}
