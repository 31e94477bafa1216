package nginx

import "strings"

// Arguments reads the arguments of nginx without its own name: the main file of -c and the directory of -p, empty where none is given.
// Flags may stand together, and a value may follow its flag at once. Words that are no flags are those of a value in which a list of
// processes shows blanks. https://nginx.org/en/docs/switches.html
func Arguments(args []string) (file, prefix string) {
	for n := 0; n < len(args); n++ {
		flags, ok := strings.CutPrefix(args[n], "-")
		at := strings.IndexAny(flags, "cegps") // those that take a value
		if !ok || at < 0 {
			continue
		}
		value := flags[at+1:]
		if value == "" && n+1 < len(args) {
			n++
			value = args[n]
		}
		switch flags[at] {
		case 'c':
			file = value
		case 'p':
			prefix = value
		}
	}
	return file, prefix
}
