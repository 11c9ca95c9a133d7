# Completion of kata for fish:
#   kata completions fish > ~/.config/fish/completions/kata.fish

# The first line says whether paths may stand there, too; kata gets the command up to the cursor.
function __kata_answer
    set -l line (commandline --current-process --cut-at-cursor | string collect)
    command kata completions fish -- $line 2>/dev/null
end

function __kata_words
    set -l answer (__kata_answer)
    set -q answer[2]; and printf '%s\n' $answer[2..-1]
end

function __kata_paths
    set -l answer (__kata_answer)
    test "$answer[1]" = paths
end

complete --command kata --no-files --keep-order --arguments '(__kata_words)'
complete --command kata --condition __kata_paths --force-files
