package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// The resource types that set a default for a whole account, or for one region of it.
const (
	typeVolumeDefault    = "aws_ebs_encryption_by_default"
	typeVolumeKey        = "aws_ebs_default_kms_key"
	typePublicBlock      = "aws_s3_account_public_access_block"
	typeMetadataDefaults = "aws_ec2_instance_metadata_defaults"
)

// Where AWS and its provider document what holds when nothing is said.
const (
	docVolumeDefaultResource = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ebs_encryption_by_default"
	docPublicBlockResource   = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_account_public_access_block"
	docMetadataResource      = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_instance_metadata_defaults"
)

// accountDefaults are the account-level defaults that hold for one resource. Each is known (set somewhere, or the
// vendor's default) or unresolved, and ready to be used.
type accountDefaults struct {
	volumesEncrypted evidence.Value[bool]   // new volumes are encrypted, whatever they say themselves
	volumeKey        evidence.Value[string] // encryption level of the key that is used where none is named
	metadataTokens   evidence.Value[string] // required, optional or no-preference
	publicBlock      publicBlock
	setBy            map[string]string // type of a default that the code sets -> address of what sets it
}

// notes say which resource set the defaults of the given types; none for the vendor's defaults.
func (d accountDefaults) notes(types ...string) []evidence.Reason {
	var notes []evidence.Reason
	for _, typ := range types {
		if address, ok := d.setBy[typ]; ok {
			notes = append(notes, evidence.Because("account_default_applied", "address", address))
		}
	}
	return notes
}

// publicBlock are the four switches of a block of public access, of a bucket or of an account.
type publicBlock struct {
	blockACLs       evidence.Value[bool] // refuses new public grants by access control list
	ignoreACLs      evidence.Value[bool] // takes the effect from those that exist
	blockPolicy     evidence.Value[bool] // refuses new public policies
	restrictBuckets evidence.Value[bool] // takes the effect from those that exist
}

// publicBlockOf reads the four switches of b; unset ones are off.
func publicBlockOf(i *eval.Instance, b *eval.Block, doc string) publicBlock {
	read := func(name string) evidence.Value[bool] { return b.Attr(name).Bool(unset(i, false, doc)) }
	return publicBlock{
		blockACLs:       read("block_public_acls"),
		ignoreACLs:      read("ignore_public_acls"),
		blockPolicy:     read("block_public_policy"),
		restrictBuckets: read("restrict_public_buckets"),
	}
}

// all says whether all four are on.
func (b publicBlock) all() evidence.Value[bool] {
	return evidence.AllTrue(b.blockACLs, b.ignoreACLs, b.blockPolicy, b.restrictBuckets)
}

// with is what holds when either of two blocks is enough, switch by switch.
func (b publicBlock) with(c publicBlock) publicBlock {
	return publicBlock{
		blockACLs:       evidence.AnyTrue(b.blockACLs, c.blockACLs),
		ignoreACLs:      evidence.AnyTrue(b.ignoreACLs, c.ignoreACLs),
		blockPolicy:     evidence.AnyTrue(b.blockPolicy, c.blockPolicy),
		restrictBuckets: evidence.AnyTrue(b.restrictBuckets, c.restrictBuckets),
	}
}

// samePublicBlock makes a block with all four switches alike.
func samePublicBlock(v evidence.Value[bool]) publicBlock { return publicBlock{v, v, v, v} }

// site is where a resource belongs: the run of a root, the provider configuration in it, the account and the region.
type site struct {
	run     int
	alias   string
	account evidence.Value[string]
	region  evidence.Value[string]
	example bool
}

// declaration is an account-level default that a root declares. Only the member of its type is filled in.
type declaration struct {
	site
	typ       string
	address   string
	encrypted evidence.Value[bool]
	key       evidence.Value[string]
	tokens    evidence.Value[string]
	block     publicBlock
}

// declarations reads the account-level defaults that r declares.
func declarations(r *eval.Root, siteOf func(*eval.Instance) site) []declaration {
	var all []declaration
	for _, i := range r.OfType(typeMetadataDefaults, typeVolumeDefault, typeVolumeKey, typePublicBlock) {
		d := declaration{site: siteOf(i), typ: i.Type, address: i.Address}
		switch i.Type {
		case typeVolumeDefault:
			d.encrypted = onlyIfSure(i, i.Attr("enabled").Bool(unset(i, true, docVolumeDefaultResource)))
		case typeVolumeKey:
			d.key = onlyIfSure(i, keyLevel(r, i.Attr("key_arn"), unset(i, evidence.EncryptionProviderManaged, awsrules.DocVolumeKey)))
		case typeMetadataDefaults:
			d.tokens = onlyIfSure(i, i.Attr("http_tokens").Text(unset(i, "no-preference", docMetadataResource)))
		case typePublicBlock:
			d.block = publicBlockOf(i, i.Block, docPublicBlockResource)
			if i.Placeholder {
				d.block = samePublicBlock(evidence.Unresolved[bool](countNotKnown(i)))
			}
			d.ofAccount(r, i.Attr("account_id"))
		}
		all = append(all, d)
	}
	return all
}

// ofAccount moves d to the account that an argument names; the caller's own account is the one where d is anyway.
func (d *declaration) ofAccount(r *eval.Root, account eval.Attr) {
	if account.IsUnset() {
		return
	}
	for _, ref := range account.Refs() {
		if i := r.Instance(ref.Address); i != nil && i.Data && i.Type == "aws_caller_identity" {
			return
		}
	}
	d.account, d.alias = account.Text(evidence.Value[string]{}), "account_id"
}

// onlyIfSure is v of a resource that is surely there: a default set by a resource of unknown number is not known.
func onlyIfSure[T any](i *eval.Instance, v evidence.Value[T]) evidence.Value[T] {
	if !i.Placeholder {
		return v
	}
	return evidence.Unresolved[T](countNotKnown(i)).At(i.At(evidence.RoleDefaults))
}

func countNotKnown(i *eval.Instance) evidence.Reason {
	return evidence.Because("count_not_known", "address", i.Address)
}

// defaultsFor settles which declared defaults hold at s: one of the same root and provider, or of another root when both
// name the same account and region; where only the account is in doubt, nothing is known.
func defaultsFor(s site, declared []declaration) accountDefaults {
	d := accountDefaults{setBy: map[string]string{}}
	find := func(typ string) candidates {
		c := applicable(s, declared, typ)
		if len(c.hold) > 0 {
			d.setBy[typ] = c.hold[0].address
		}
		return c
	}
	d.volumesEncrypted = settle(find(typeVolumeDefault), evidence.Default(false, awsrules.DocVolumeDefault),
		func(d declaration) evidence.Value[bool] { return d.encrypted })
	d.volumeKey = settle(find(typeVolumeKey), evidence.Default(evidence.EncryptionProviderManaged, awsrules.DocVolumeKey),
		func(d declaration) evidence.Value[string] { return d.key })
	d.metadataTokens = settle(find(typeMetadataDefaults), evidence.Default("no-preference", awsrules.DocMetadataDefaults),
		func(d declaration) evidence.Value[string] { return d.tokens })
	block := find(typePublicBlock)
	off := evidence.Default(false, awsrules.DocPublicBlock)
	d.publicBlock = publicBlock{
		blockACLs:       settle(block, off, func(d declaration) evidence.Value[bool] { return d.block.blockACLs }),
		ignoreACLs:      settle(block, off, func(d declaration) evidence.Value[bool] { return d.block.ignoreACLs }),
		blockPolicy:     settle(block, off, func(d declaration) evidence.Value[bool] { return d.block.blockPolicy }),
		restrictBuckets: settle(block, off, func(d declaration) evidence.Value[bool] { return d.block.restrictBuckets }),
	}
	return d
}

// defaultsBySite settles the defaults once per site.
type defaultsBySite struct {
	declared []declaration
	settled  map[siteKey]accountDefaults
}

type siteKey struct {
	run                    int
	alias, account, region string
}

func (d defaultsBySite) at(s site) accountDefaults {
	key := siteKey{s.run, s.alias, orUnknown(s.account), orUnknown(s.region)}
	found, ok := d.settled[key]
	if !ok {
		found = defaultsFor(s, d.declared)
		d.settled[key] = found
	}
	return found
}

// candidates are the declarations of one type that hold somewhere; doubt is why another one may, when none surely does.
type candidates struct {
	hold  []declaration
	doubt *evidence.Reason
}

// applicable returns the declarations of one type that hold at s: those of its own root, else those of others.
func applicable(s site, declared []declaration, typ string) candidates {
	var own, other []declaration
	var doubt *evidence.Reason
	for _, d := range declared {
		if d.typ != typ {
			continue
		}
		switch holds, sure := d.holdsAt(s); {
		case holds && d.run == s.run:
			own = append(own, d)
		case holds:
			other = append(other, d)
		case !sure && doubt == nil && !d.changesNothing():
			why := evidence.Because("account_not_declared", "address", d.address)
			doubt = &why
		}
	}
	switch {
	case len(own) > 0:
		return candidates{hold: own}
	case len(other) > 0:
		return candidates{hold: other}
	}
	return candidates{doubt: doubt}
}

// holdsAt says whether d is a default of the account and region of s, and whether that is sure.
func (d declaration) holdsAt(s site) (holds, sure bool) {
	if d.run == s.run && d.alias == s.alias {
		return true, true
	}
	same, known := equalIfKnown(d.account, s.account)
	if known && !same {
		return false, true
	}
	if d.typ != typePublicBlock { // the one that holds in every region
		sameRegion, regionKnown := equalIfKnown(d.region, s.region)
		if regionKnown && !sameRegion {
			return false, true
		}
		known = known && regionKnown
	}
	if !known && d.example && !s.example {
		return false, true
	}
	return known, known
}

func equalIfKnown(a, b evidence.Value[string]) (equal, known bool) {
	x, xKnown := a.Get()
	y, yKnown := b.Get()
	return x == y, xKnown && yKnown
}

// changesNothing says whether d sets what holds without it.
func (d declaration) changesNothing() bool {
	switch d.typ {
	case typeVolumeDefault:
		return evidence.IsKnown(d.encrypted, false)
	case typeVolumeKey:
		return evidence.IsKnown(d.key, evidence.EncryptionProviderManaged)
	case typeMetadataDefaults:
		return evidence.IsKnown(d.tokens, "no-preference")
	}
	return false
}

// settle picks the value that holds: the declared one when all that hold agree, else the vendor's default.
func settle[T comparable](c candidates, vendor evidence.Value[T], read func(declaration) evidence.Value[T]) evidence.Value[T] {
	if c.doubt != nil {
		return evidence.Unresolved[T](*c.doubt)
	}
	if len(c.hold) == 0 {
		return vendor
	}
	v := asDefault(read(c.hold[0]))
	got, known := v.Get()
	for _, d := range c.hold[1:] {
		if known && !evidence.IsKnown(read(d), got) {
			return evidence.Unresolved[T](evidence.Because("account_default_contradictory", "address", d.address))
		}
	}
	return v
}

// asDefault is v with its positions marked as those of a default.
func asDefault[T any](v evidence.Value[T]) evidence.Value[T] {
	positions := slices.Clone(v.Positions())
	for i := range positions {
		positions[i].Role = evidence.RoleDefaults
	}
	got, known := v.Get()
	if !known {
		return evidence.Unresolved[T](v.Why()).At(positions...)
	}
	return evidence.Known(got).At(positions...)
}
