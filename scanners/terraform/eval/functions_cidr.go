package eval

import (
	"errors"
	"math/big"
	"net"

	"github.com/apparentlymart/go-cidr/cidr"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// cidrFunctions lists the functions over network addresses, sorted by name.
func cidrFunctions() []entry {
	return []entry{
		{"cidrhost", changes, cidrhostFunction()},
		{"cidrnetmask", changes, textFunction(cidrnetmask)},
		{"cidrsubnet", changes, cidrsubnetFunction()},
		{"cidrsubnets", changes, cidrsubnetsFunction()},
	}
}

func cidrhostFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "prefix", Type: cty.String}, {Name: "number", Type: cty.Number}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			network, err := parseCIDR(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			n, err := wholeNumber(args[1])
			if err != nil {
				return cty.NilVal, err
			}
			ip, err := cidr.HostBig(network, n)
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(ip.String()), nil
		},
	})
}

func cidrnetmask(prefix string) (string, error) {
	network, err := parseCIDR(prefix)
	if err != nil {
		return "", err
	}
	if network.IP.To4() == nil {
		return "", errors.New("IPv6 addresses have no netmask")
	}
	return net.IP(network.Mask).String(), nil
}

func cidrsubnetFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "prefix", Type: cty.String}, {Name: "newbits", Type: cty.Number}, {Name: "number", Type: cty.Number}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			network, err := parseCIDR(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			bits, err := wholeNumber(args[1])
			if err != nil || !bits.IsInt64() || bits.Int64() < 0 || bits.Int64() > 128 {
				return cty.NilVal, errors.New("newbits is out of range")
			}
			n, err := wholeNumber(args[2])
			if err != nil {
				return cty.NilVal, err
			}
			subnet, err := cidr.SubnetBig(network, int(bits.Int64()), n)
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(subnet.String()), nil
		},
	})
}

func cidrsubnetsFunction() function.Function {
	return function.New(&function.Spec{
		Params:   []function.Parameter{{Name: "prefix", Type: cty.String}},
		VarParam: &function.Parameter{Name: "newbits", Type: cty.Number},
		Type:     function.StaticReturnType(cty.List(cty.String)),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			network, err := parseCIDR(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			return subnets(network, args[1:])
		},
	})
}

// subnets lays networks with so many additional bits next to each other.
func subnets(network *net.IPNet, newbits []cty.Value) (cty.Value, error) {
	if len(newbits) == 0 {
		return cty.ListValEmpty(cty.String), nil
	}
	var found []cty.Value
	var current *net.IPNet
	start, total := network.Mask.Size()
	for _, arg := range newbits {
		bits, err := wholeNumber(arg)
		if err != nil || !bits.IsInt64() || bits.Int64() < 1 || bits.Int64() > 32 || start+int(bits.Int64()) > total {
			return cty.NilVal, errors.New("newbits is out of range")
		}
		length := start + int(bits.Int64())
		if current == nil {
			current, err = cidr.SubnetBig(network, int(bits.Int64()), new(big.Int))
			if err != nil {
				return cty.NilVal, err
			}
		} else {
			next, over := cidr.NextSubnet(current, length)
			if over || !network.Contains(next.IP) {
				return cty.NilVal, errors.New("not enough address space")
			}
			current = next
		}
		found = append(found, cty.StringVal(current.String()))
	}
	return cty.ListVal(found), nil
}

// parseCIDR parses a prefix as Terraform does, which takes leading zeros.
func parseCIDR(prefix string) (*net.IPNet, error) {
	_, network, err := net.ParseCIDR(withoutLeadingZeros(prefix))
	if err != nil {
		return nil, errors.New("not a CIDR block")
	}
	return network, nil
}

func wholeNumber(v cty.Value) (*big.Int, error) {
	n, accuracy := v.AsBigFloat().Int(nil)
	if accuracy != big.Exact || heavy(v) {
		return nil, errors.New("not a whole number")
	}
	return n, nil
}

// withoutLeadingZeros returns an IPv4 prefix with decimal octets: 010.0.0.0/8 is 10.0.0.0/8.
func withoutLeadingZeros(prefix string) string {
	var out []byte
	for i := 0; i < len(prefix); i++ {
		starts := i == 0 || prefix[i-1] == '.'
		if prefix[i] == ':' {
			return prefix
		}
		for starts && prefix[i] == '0' && i+1 < len(prefix) && prefix[i+1] >= '0' && prefix[i+1] <= '9' {
			i++
		}
		out = append(out, prefix[i])
	}
	return string(out)
}
