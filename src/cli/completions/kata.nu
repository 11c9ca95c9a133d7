# Completion of kata for nushell. In the folder $nu.user-autoload-dirs.0:
#   kata completions nushell | save -f kata.nu

module kata-completions {
    def "nu-complete kata" [words: list<string>] {
        let answer = ^kata completions nushell -- ...$words | complete
        if $answer.exit_code == 0 { $answer.stdout | from json } else { [] }
    }

    @complete "nu-complete kata"
    export extern kata []
}

use kata-completions *
