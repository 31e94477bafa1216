package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// subnetsPrivate says whether every subnet that subnetIDs names is private: no route of its table leads to an internet
// gateway. One public subnet decides false; a subnet that the code does not tell, or no subnet at all, is unresolved.
func subnetsPrivate(_ *eval.Root, _ eval.Attr) evidence.Value[bool] {
	return evidence.Unresolved[bool](evidence.Because("not_read"))
}
