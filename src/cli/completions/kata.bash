# Completion of kata for bash. Put into ~/.bashrc:
#   eval "$(kata completions bash)"

_kata() {
    local -a answer
    local line
    answer=()
    COMPREPLY=()
    # kata gets the line up to the cursor, and the end of it that bash will replace.
    while IFS= read -r line; do
        answer+=("$line")
    done < <(command kata completions bash -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    [[ ${#answer[@]} -gt 0 ]] || return 0
    if [[ ${answer[0]} == paths && ${#answer[@]} -eq 1 ]]; then
        # Without candidates bash completes paths itself.
        compopt -o default -o filenames 2>/dev/null
        return 0
    fi
    COMPREPLY=("${answer[@]:1}")
    # What may go on gets no space.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[/:=] ]]; then
        compopt -o nospace 2>/dev/null
    fi
    return 0
}

if [[ ${BASH_VERSINFO[0]} -gt 4 || ( ${BASH_VERSINFO[0]} -eq 4 && ${BASH_VERSINFO[1]} -ge 4 ) ]]; then
    complete -o nosort -F _kata kata
elif [[ ${BASH_VERSINFO[0]} -ge 4 ]]; then
    complete -F _kata kata
else
    # Bash 3 cannot ask for paths only where they are meant.
    complete -o default -F _kata kata
fi
