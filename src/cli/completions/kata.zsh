#compdef kata
# Completion of kata for zsh. Put into ~/.zshrc, after compinit:
#   eval "$(kata completions zsh)"

_kata() {
    local -a answer open closed
    local entry value ret=1
    # kata gets the words without their quotes, the last one up to the cursor.
    answer=("${(@f)$(command kata completions zsh -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    for entry in "${(@)answer[2,-1]}"; do
        value=${entry%%$'\t'*}
        [[ $entry == *$'\t'?* ]] && entry="$value:${entry#*$'\t'}" || entry=$value
        # What may go on gets no space.
        if [[ $value == *[/:=] ]]; then open+=("$entry"); else closed+=("$entry"); fi
    done
    (( $#closed )) && _describe -V kata closed && ret=0
    (( $#open )) && _describe -V kata open -S '' && ret=0
    [[ $answer[1] == paths ]] && _files && ret=0
    return ret
}

if [[ ${funcstack[1]} == _kata ]]; then
    _kata "$@"
else
    compdef _kata kata
fi
