# Sealed writing, as far as the server speaks of it. What the vault itself says stands in vault/src/texts.

vault-odd = What arrived here is not something Mend can keep. Nothing was changed. Please load the page again.
vault-none = There is no sealed writing here yet, or it was destroyed. Please load the page again.
vault-there = You have sealed writing already, so it was not begun anew. Please load the page again.
vault-stale = The keys were changed on another device. Nothing is lost. Please lock this page and open it again.
vault-full = There is no more room for your sealed writing on this server. Nothing is lost. Let older writing go, or ask the host for help.
words-in-vault = You have sealed writing, and these words open it too. Please make new ones there, on the page “Ways in”.

minute-title = A minute for yourself
minute-what = One line, or a page. It is locked in your browser, and only you can read it.
minute-line = Write one private line
minute-all = All your writing
