package terraform

import (
	"strconv"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// ebs reads volumes: of their own, and the block devices that instances and launch templates declare. Every instance has
// a root volume, whether it declares one or not.
func ebs() reader {
	return reader{
		types: []string{"aws_ebs_volume", typeVolumeDefault, "aws_instance", "aws_launch_configuration", "aws_launch_template"},
		joins: []string{typeVolumeKey},
		kinds: []evidence.Kind{evidence.Volume{}.Kind(), evidence.VolumeDefault{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			switch i.Type {
			case typeVolumeDefault:
				return one(evidence.VolumeDefault{Encrypted: i.Attr("enabled").Bool(unset(i, true, docVolumeDefaultResource)),
					Region: i.Provider.Region})
			case "aws_ebs_volume":
				return []observation{volumeObservation(i, "", volumeLevel(r, i))}
			case "aws_launch_template":
				return templateVolumes(r, i)
			}
			return instanceVolumes(r, i)
		},
	}
}

// level is an encryption level that waits for the defaults of the account. It holds plain values only.
type level func(accountDefaults) evidence.Value[string]

// decided is a level that no default changes.
func decided(v evidence.Value[string]) level {
	return func(accountDefaults) evidence.Value[string] { return v }
}

// volumeObservation is the fact of one volume of i.
func volumeObservation(i *eval.Instance, suffix string, encryption level) observation {
	return observation{
		resource: evidence.Volume{Placement: placement(i, noCopies())},
		suffix:   suffix,
		settle: func(res evidence.Resource, d accountDefaults) (evidence.Resource, []evidence.Reason) {
			volume := res.(evidence.Volume)
			volume.Encryption = encryption(d)
			return volume, d.notes(typeVolumeDefault, typeVolumeKey)
		},
	}
}

// volumeLevel is the encryption of a volume of its own.
func volumeLevel(r *eval.Root, i *eval.Instance) level {
	return deviceLevel(r, i, i.Block, sourceLevel(r, i, i.Attr("snapshot_id")))
}

// device is what the code says about the encryption of one volume. It holds plain values only.
type device struct {
	set       bool                   // it says whether it is encrypted
	encrypted evidence.Value[bool]   // and how
	keyed     bool                   // it names a key
	key       evidence.Value[string] // of this level
	source    level                  // of what it is made from; nil when it is made from nothing
	at        evidence.Position
}

// deviceLevel is the encryption of a volume that block describes.
func deviceLevel(r *eval.Root, i *eval.Instance, block *eval.Block, source level) level {
	written, key := block.Attr("encrypted"), block.Attr("kms_key_id")
	d := device{
		set:       written.IsSet(),
		encrypted: written.Bool(evidence.Known(false)),
		keyed:     key.IsSet(),
		key:       keyLevel(r, key, evidence.Known(evidence.EncryptionProviderManaged)),
		source:    source,
		at:        i.At(evidence.RoleDefaults),
	}
	switch {
	case d.set:
		d.at = written.At()
	case block != nil:
		d.at = block.At(evidence.RoleDefaults)
	}
	return d.level
}

// level is the encryption under the defaults of the account. Encryption by default encrypts every new volume, even one
// that says encrypted = false; what is made from an encrypted source is encrypted.
func (v device) level(d accountDefaults) evidence.Value[string] {
	if evidence.IsKnown(v.encrypted, true) {
		return v.keyUnder(d).At(v.at)
	}
	if evidence.IsKnown(d.volumesEncrypted, true) {
		return v.keyUnder(d).At(v.at).At(d.volumesEncrypted.Positions()...)
	}
	if v.source != nil {
		if from := v.source(d); !evidence.IsKnown(from, evidence.EncryptionNone) {
			return from.At(v.at)
		}
	}
	switch {
	case !evidence.IsKnown(v.encrypted, false):
		return evidence.NotKnown[string](v.encrypted)
	case !evidence.IsKnown(d.volumesEncrypted, false):
		return evidence.NotKnown[string](d.volumesEncrypted).At(v.at)
	case v.set:
		return evidence.Known(evidence.EncryptionNone).At(v.at)
	}
	return evidence.Default(evidence.EncryptionNone, awsrules.DocVolumeEncryption).At(v.at)
}

// keyUnder is the level of the key that an encrypted volume uses.
func (v device) keyUnder(d accountDefaults) evidence.Value[string] {
	if v.keyed {
		return v.key
	}
	return asDefault(d.volumeKey)
}

// sourceLevel is the encryption of the snapshot or image that a volume is made from, nil when it is made from nothing.
func sourceLevel(r *eval.Root, i *eval.Instance, source eval.Attr) level {
	if source.IsUnset() {
		return nil
	}
	for _, from := range targets(r, source, append(snapshotTypes(), imageTypes()...)...).All {
		if from != i {
			return snapshotLevel(r, from)
		}
	}
	return decided(evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(source.At()))
}

// instanceVolumes are the volumes of an instance or a launch configuration.
func instanceVolumes(r *eval.Root, i *eval.Instance) []observation {
	image := imageLevel(r, i.Attr("ami"))
	if i.Type == "aws_launch_configuration" {
		image = imageLevel(r, i.Attr("image_id"))
	}
	all := deviceVolumes(r, i, "ebs_block_device")
	root := i.Block.Block("root_block_device")
	if root == nil && i.Block.Block("launch_template") != nil {
		return all
	}
	return append(all, volumeObservation(i, "root_block_device", deviceLevel(r, i, root, image)))
}

// imageLevel is the encryption of the image that an instance starts from. An image that others make public is not
// encrypted; only one of the own account, or of this code, can be.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
func imageLevel(r *eval.Root, image eval.Attr) level {
	for _, i := range targets(r, image, imageTypes()...).All {
		return snapshotLevel(r, i)
	}
	for _, ref := range image.Refs() {
		i := r.Instance(ref.Address)
		if i == nil || !i.Data || i.Type != "aws_ami" {
			continue
		}
		owners := i.Attr("owners").Texts(evidence.Known([]string{}))
		list, known := owners.Get()
		for _, owner := range list {
			if owner == "self" {
				known = false
			}
		}
		if !known {
			return decided(evidence.Unresolved[string](evidence.Because("image_not_declared_here", "address", i.Address)).At(image.At()))
		}
	}
	return nil
}

// deviceVolumes are the volumes of all nested blocks of one type that are neither ephemeral nor suppressed.
func deviceVolumes(r *eval.Root, i *eval.Instance, name string) []observation {
	var all []observation
	devices := i.Blocks(name)
	for n, device := range devices.All {
		if evidence.IsKnown(device.Attr("no_device").Text(evidence.Known("")), "true") {
			continue
		}
		suffix := name + "[" + strconv.Itoa(n) + "]"
		all = append(all, volumeObservation(i, suffix, deviceLevel(r, i, device, sourceLevel(r, i, device.Attr("snapshot_id")))))
	}
	return append(all, hiddenVolumes(i, name, devices.More)...)
}

// hiddenVolumes is a volume about which nothing is known, for devices that the code does not show.
func hiddenVolumes(i *eval.Instance, name string, more []evidence.Reason) []observation {
	if len(more) == 0 {
		return nil
	}
	return []observation{volumeObservation(i, name+"[*]", decided(evidence.Unresolved[string](more[0]).At(i.At(evidence.RoleDecides))))}
}

// templateVolumes are the volumes that a launch template maps. Without a mapping the image decides.
func templateVolumes(r *eval.Root, i *eval.Instance) []observation {
	var all []observation
	mappings := i.Blocks("block_device_mappings")
	image := imageLevel(r, i.Attr("image_id"))
	for n, mapping := range mappings.All {
		device := mapping.Block("ebs")
		if device == nil {
			continue
		}
		source := sourceLevel(r, i, device.Attr("snapshot_id"))
		if source == nil && n == 0 {
			source = image
		}
		all = append(all, volumeObservation(i, "block_device_mappings["+strconv.Itoa(n)+"]", deviceLevel(r, i, device, source)))
	}
	return append(all, hiddenVolumes(i, "block_device_mappings", mappings.More)...)
}
