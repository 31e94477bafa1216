package eval

import (
	"encoding/base64"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// errOutside is the error of a path that leaves the file boundary.
var errOutside = errors.New("path is outside of the file boundary")

// fileFunctions lists the functions that read files, sorted by name. They read within the file boundary only; a relative
// path starts at the root module's directory.
func (r *run) fileFunctions() []entry {
	hash := func(d digest) function.Function {
		return textFunction(func(name string) (string, error) {
			b, err := r.readFile(name)
			return d(b), err
		})
	}
	return []entry{
		{"basename", changes, textFunction(func(s string) (string, error) { return path.Base(s), nil })},
		{"dirname", changes, textFunction(func(s string) (string, error) { return path.Dir(s), nil })},
		{"file", changes, textFunction(r.readText)},
		{"filebase64", changes, hash(base64.StdEncoding.EncodeToString)},
		{"filebase64sha256", changes, hash(base64Digest(sum256))},
		{"filebase64sha512", changes, hash(base64Digest(sum512))},
		{"fileexists", changes, r.fileexistsFunction()},
		{"filemd5", changes, hash(hexDigest(sumMD5))},
		{"fileset", changes, r.filesetFunction()},
		{"filesha1", changes, hash(hexDigest(sum1))},
		{"filesha256", changes, hash(hexDigest(sum256))},
		{"filesha512", changes, hash(hexDigest(sum512))},
		{"pathexpand", changes, textFunction(pathexpand)},
		{"templatefile", passes, r.templatefileFunction()},
		{"templatestring", passes, r.templatestringFunction()},
	}
}

// pathexpand returns a path; the home directory is the machine's.
func pathexpand(s string) (string, error) {
	if strings.HasPrefix(s, "~") {
		return "", errOutside
	}
	return s, nil
}

// resolve returns the path within the boundary that a function's argument names.
func (r *run) resolve(name string) (string, error) {
	if path.IsAbs(name) || strings.HasPrefix(name, "~") {
		return "", errOutside
	}
	clean := path.Join(r.dir, name)
	if !fs.ValidPath(clean) {
		return "", errOutside
	}
	return clean, nil
}

// readFile reads a file for a function.
func (r *run) readFile(name string) ([]byte, error) {
	clean, err := r.resolve(name)
	if err != nil {
		return nil, err
	}
	if b, ok := r.files[clean]; ok {
		return b, nil
	}
	b, err := r.parser.read(clean, maxFunctionFile)
	if err != nil {
		return nil, errors.New("cannot read the file")
	}
	if r.held += len(b); r.held < 16*maxFunctionFile {
		r.files[clean] = b
	}
	return b, nil
}

func (r *run) readText(name string) (string, error) {
	b, err := r.readFile(name)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(b) {
		return "", errors.New("the file is not UTF-8")
	}
	return string(b), nil
}

func (r *run) fileexistsFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			clean, err := r.resolve(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			info, err := fs.Stat(r.parser.fs, clean)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return cty.False, nil
			case err != nil || !info.Mode().IsRegular():
				return cty.NilVal, errors.New("not a regular file")
			}
			return cty.True, nil
		},
	})
}

func (r *run) filesetFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}, {Name: "pattern", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Set(cty.String)),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			dir, err := r.resolve(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			names, err := r.glob(dir, path.Clean(args[1].AsString()))
			if err != nil {
				return cty.NilVal, err
			}
			if len(names) == 0 {
				return cty.SetValEmpty(cty.String), nil
			}
			var found []cty.Value
			for _, name := range names {
				found = append(found, cty.StringVal(name))
			}
			return cty.SetVal(found), nil
		},
	})
}

// glob returns the regular files below dir that match a pattern.
func (r *run) glob(dir, pattern string) ([]string, error) {
	if !doublestar.ValidatePattern(pattern) || strings.Count(pattern, "*") > 20 || strings.Contains(pattern, "{") && len(pattern) > 200 {
		return nil, errors.New("not a pattern")
	}
	var names []string
	err := r.walk(dir, ".", &names, 0)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		matched, err := doublestar.Match(pattern, name)
		return err != nil || !matched
	})
	return names, nil
}

// walk appends the regular files below dir, by their paths relative to it.
func (r *run) walk(dir, below string, names *[]string, depth int) error {
	entries, err := fs.ReadDir(r.parser.fs, path.Join(dir, below))
	if err != nil {
		return errors.New("cannot read the directory")
	}
	for _, e := range entries {
		if !r.spend(1) || len(*names) > maxInstances {
			return errTooLarge
		}
		name := path.Join(below, e.Name())
		switch {
		case e.IsDir() && depth < maxModuleDepth:
			if err := r.walk(dir, name, names, depth+1); err != nil {
				return err
			}
		case e.Type().IsRegular() || e.Type()&fs.ModeSymlink != 0 && r.isFile(path.Join(dir, name)):
			*names = append(*names, name)
		}
	}
	return nil
}

func (r *run) isFile(name string) bool {
	info, err := fs.Stat(r.parser.fs, name)
	return err == nil && info.Mode().IsRegular()
}
