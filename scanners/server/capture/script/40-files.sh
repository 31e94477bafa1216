# ---- Files -------------------------------------------------------------------------------------------------------------------------

# there sorts paths into those that exist ($work/N.there) and those that do not, or cannot be looked at ($work/absent).
there() {
	: >"$work/$1.there"
	while IFS= read -r path; do
		case $path in
		*[[:cntrl:]]*) continue ;;
		/proc/self*) ;;
		*)
			above=$path
			while above=${above%/*}; [ -n "$above" ]; do
				[ -L "$above" ] || continue
				path=$(readlink -f "$above")${path#"$above"}
				above=$path
			done
			;;
		esac
		if [ -e "$path" ] || [ -L "$path" ]; then
			printf '%s\n' "$path" >>"$work/$1.there"
			continue
		fi
		above=$path
		while above=${above%/*}; [ -n "$above" ] && [ ! -d "$above" ]; do :; done
		if [ -x "${above:-/}" ]; then
			printf 'absent\t%s\n' "$path"
		else
			printf 'refused\t%s\n' "$path"
		fi >>"$work/absent"
	done
}

# expand writes the paths of a list, wildcards filled in.
expand() {
	while IFS= read -r pattern; do
		case $pattern in
		*\**) for path in $pattern; do [ -e "$path" ] && printf '%s\n' "$path"; done ;;
		*) printf '%s\n' "$pattern" ;;
		esac
	done
}

# look writes a line for each file below the paths of a list. Names with control characters make a directory's list incomplete.
look() {
	kind=$1
	shift
	tr '\n' '\0' <"$work/$kind.there" | timeout 120 xargs -0 -r sh -c 'kind=$1 depth=$2; shift 2; find "$@" $depth \
		\( -name "*[[:cntrl:]]*" -o -lname "*[[:cntrl:]]*" \) -prune -printf "odd\t%h\n" -o \
		-printf "$kind\t" \( -readable -printf r -o -printf - \) \( -executable -printf x -o -printf - \) \
		-printf "\t%y\t%m\t%U\t%G\t%T@\t%s\t%p\t%l\n"' sh "$kind" "${*:-}" 2>/dev/null
}

# collect looks at all lists, copies what is to be copied, and writes $work/files: the manifest's lines but for the hashes.
collect() {
	: >"$work/absent"
	{ trees | expand; found; } | sort -u | there tree
	stats | expand | sort -u | there stat
	names | there name
	{ awk -F: 'NF >= 6 && $6 ~ "^/[^/]" && $6 !~ "^/(proc|sys|dev|nonexistent)" { print $6 }' /etc/passwd | sort -u | head -n 2000 | while IFS= read -r home; do
		[ -d "$home" ] && homes | sed "s|^|${home%/}/|"
	done; } 2>/dev/null | there home
	awk -F/ '{ path = ""; for (i = 2; i < NF; i++) { path = path "/" $i; if (path != "/proc/self") print path } }' "$work"/*.there | sort -u | there above
	{
		look tree
		look stat
		look name -maxdepth 1
		look home -maxdepth 0
		look above -maxdepth 0
	} >"$work/looked"
	{ secret_names; choose; } >"$work/choose.awk"
	awk -F '\t' -v file_limit=$FILE_LIMIT -v total_limit=$TOTAL_LIMIT -v copy="$work/copy" -v names="$work/name.there" -f "$work/choose.awk" "$work/looked" >"$work/files" || fail "cannot sort the files"
	copy
}

# choose says of each file what is done with it. One path may be in several lists: the first line of it counts.
choose() {
	cat <<'AWK'
BEGIN {
	OFS = "\t"; printf "" > copy
	while ((getline line < names) > 0) top[line] = 1
}
$1 == "odd" { odd[$2] = 1; next }
{ sub(/[.].*/, "", $7) }
$9 ~ "^/(dev|proc|sys|tmp)(/|$)" { $7 = 0 } # the time of the look, or of this script's own directory
{
	path = $9
	if (path in seen) next
	seen[path] = 1; order[++count] = path
	meta[path] = $4 OFS $5 OFS $6 OFS $7; type[path] = $3
	if ($3 == "l") { target[path] = $10; next }
	if ($3 == "d") {
		if ($2 != "rx") state[path] = "refused"
		else state[path] = ($1 == "tree" || $1 == "stat" || ($1 == "name" && path in top)) ? "whole" : "part"
		next
	}
	size[path] = $8
	if ($3 != "f") next
	if ($2 !~ /^r/) state[path] = "refused"
	else if (secret(tolower(path))) state[path] = "secret"
	else if ($1 != "tree") state[path] = "stat"
	else if ($8 > file_limit || total + $8 > total_limit) state[path] = "large"
	else { total += $8; state[path] = "copied"; print path > copy }
}
END {
	for (i = 1; i <= count; i++) {
		path = order[i]
		if (type[path] == "l") print "link", meta[path], path, target[path]
		else if (type[path] == "d") print "dir", meta[path], (path in odd && state[path] == "whole" ? "part" : state[path]), path
		else if (type[path] == "f") print "file", meta[path], size[path], state[path], path
		else print "other", meta[path], path
	}
}
AWK
}

# copy copies the chosen files; links are never followed. What is not text is left out again.
copy() {
	(cd / && sed 's|^/||' "$work/copy" | tr '\n' '\0' | timeout 120 xargs -0 -r cp -P --parents -t "$work/out/root" 2>/dev/null)
	chmod -R u+rwX "$work/out/root"
	find "$work/out/root" ! -type d ! -type f -exec rm -f {} +
	find "$work/out/root" -type f -exec chmod 600 {} +
	find "$work/out/root" -type f -size +0 -exec grep -LIe '' {} + >"$work/binary" 2>/dev/null
	tr '\n' '\0' <"$work/binary" | xargs -0 -r rm -f
}

