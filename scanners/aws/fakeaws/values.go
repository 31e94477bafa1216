package fakeaws

// elementsOf returns the elements of a list of any sort, and whether the value is one.
func elementsOf(value any) ([]any, bool) {
	switch v := value.(type) {
	case []any:
		return v, true
	case Flat:
		return v, true
	case List:
		return v.Items, true
	case []string:
		return anys(v), true
	case []Node:
		return anys(v), true
	case []int:
		return anys(v), true
	}
	return nil, false
}

func anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, element := range list {
		all[i] = element
	}
	return all
}

// membersOf returns the members of a structure or map, and whether the value is one.
func membersOf(value any) (Node, bool) {
	switch v := value.(type) {
	case Node:
		return v, true
	case map[string]any:
		return v, true
	case Entries:
		return Node(v), true
	case map[string]string:
		all := Node{}
		for key, member := range v {
			all[key] = member
		}
		return all, true
	}
	return nil, false
}
