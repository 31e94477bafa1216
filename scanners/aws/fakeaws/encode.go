package fakeaws

import (
	"fmt"
	"time"

	"github.com/aws/smithy-go/encoding/cbor"
)

// toJSON makes plain maps and slices of a value; times become seconds since 1970, as AWS' JSON protocols have them.
func toJSON(value any) any {
	if members, ok := membersOf(value); ok {
		object := map[string]any{}
		for name, member := range members {
			if member != nil {
				object[name] = toJSON(member)
			}
		}
		return object
	}
	if elements, ok := elementsOf(value); ok {
		array := make([]any, len(elements))
		for i, element := range elements {
			array[i] = toJSON(element)
		}
		return array
	}
	if at, ok := value.(time.Time); ok {
		return float64(at.UnixMilli()) / 1000
	}
	return value
}

// toCBOR is toJSON for services that speak CBOR; times have the tag 1.
func toCBOR(value any) cbor.Value {
	if members, ok := membersOf(value); ok {
		object := cbor.Map{}
		for name, member := range members {
			if member != nil {
				object[name] = toCBOR(member)
			}
		}
		return object
	}
	if elements, ok := elementsOf(value); ok {
		array := make(cbor.List, len(elements))
		for i, element := range elements {
			array[i] = toCBOR(element)
		}
		return array
	}
	switch v := value.(type) {
	case string:
		return cbor.String(v)
	case bool:
		return cbor.Bool(v)
	case float64:
		return cbor.Float64(v)
	case int64:
		return toCBOR(int(v))
	case int:
		if v < 0 {
			return cbor.NegInt(-v)
		}
		return cbor.Uint(v)
	case time.Time:
		return &cbor.Tag{ID: 1, Value: cbor.Float64(float64(v.UnixMilli()) / 1000)}
	}
	panic(fmt.Sprintf("fakeaws: %T has no form in CBOR", value))
}

// plainCBOR makes of decoded CBOR what encoding/json makes of JSON.
func plainCBOR(value cbor.Value) any {
	switch v := value.(type) {
	case cbor.Map:
		object := map[string]any{}
		for name, member := range v {
			object[name] = plainCBOR(member)
		}
		return object
	case cbor.List:
		array := make([]any, len(v))
		for i, element := range v {
			array[i] = plainCBOR(element)
		}
		return array
	case cbor.String:
		return string(v)
	case cbor.Bool:
		return bool(v)
	case cbor.Uint:
		return uint64(v)
	case cbor.NegInt:
		return -int64(v)
	case *cbor.Tag:
		return plainCBOR(v.Value)
	case cbor.Float64:
		return float64(v)
	}
	return nil
}
