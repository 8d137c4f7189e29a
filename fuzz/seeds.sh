#!/usr/bin/env bash
# Fills fuzz/corpus/TARGET with what the tests read. Run it before the first `cargo fuzz run`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
fixtures=../tests/fixtures

# seed TARGET MARK FILE: copies FILE with MARK, the byte that chooses how the target begins, before it.
seed() {
    local folder="corpus/$1" name
    mkdir -p "$folder"
    name="$(sha256sum <<<"$3" | cut -c 1-12)-$(basename "$3" | tr -c 'A-Za-z0-9.\n' '_')"
    { printf '%s' "$2"; head -c 60000 "$3"; } >"$folder/$name"
}

# parts TARGET FILE: the parts of an archive, each under a line with its name.
parts() {
    local folder="corpus/$1" name
    mkdir -p "$folder"
    {
        printf '1'
        first=''
        unzip -Z1 "$2" | while read -r name; do
            printf '%s=== %s\n' "$first" "$name"
            # Brackets are patterns to unzip.
            unzip -p "$2" "${name//[/\\[}" | head -c 8000 || true
            first=$'\n'
        done
    } >"$folder/parts-$(basename "$2")"
}

while IFS= read -r -d '' file; do
    case "$file" in
    */expected.json) ;;
    *.csv | *.tsv | *.txt) seed delimited 0 "$file" ;;
    *.zip)
        seed unpack 0 "$file"
        parts unpack "$file"
        ;;
    *.xlsx | *.xls | *.xlsb | *.ods)
        seed workbook 0 "$file"
        case "$file" in *.xls) ;; *) parts workbook "$file" ;; esac
        ;;
    *.parquet | *.arrow | *.feather) seed columnar '' "$file" ;;
    *.gexf | *.graphml) seed graph_xml 0 "$file" ;;
    *graph*.json | *.cyjs | *.cx | *.cx2) seed graph_json 0 "$file" ;;
    *.json | *.jsonl | *.ndjson) seed json 0 "$file" ;;
    *.gz | *.zst | *.bz2) seed unpack 0 "$file" ;;
    *) seed graph_text 0 "$file" ;;
    esac
done < <(find "$fixtures" -type f -print0)

# Posts packed in each way there is.
packed="$(mktemp -d)"
trap 'rm -rf "$packed"' EXIT
printf 'Author,Text\nana,hello @ben\nben,hi @ana\n' >"$packed/posts.csv"
for tool in gzip zstd bzip2; do
    if command -v "$tool" >/dev/null; then
        "$tool" -q -c "$packed/posts.csv" >"$packed/posts.csv.$tool"
        seed unpack 0 "$packed/posts.csv.$tool"
    fi
done
printf '=== a.csv\nAuthor,Text\nana,hi @ben\n=== in/b.json\n[{"author":"x","text":"@y hi"}]' >"$packed/members"
seed unpack 1 "$packed/members"
# Cells end with NUL.
printf '%s\0' '@Ana.B' 'RT @ben_c: hi @ana, via @x@mastodon.social' '2025-11-14T08:37:00Z' '12,3K' \
    'https://x.com/ana/status/1990000000000000000' 'ben' 'd:9' '@@ @a.b-c @日本' '14/11/25 8:37 PM' '1.234,5' \
    'www.reddit.com/u/x' '1.99E+18' 'ana' 'x @y' 'Fri Nov 14 08:37:00 +0000 2025' '-1' 'at://did:plc:abc/x/1' '@z' \
    >"$packed/cells"
seed cells '' "$packed/cells"
find corpus -type f | cut -d / -f 2 | sort | uniq -c
