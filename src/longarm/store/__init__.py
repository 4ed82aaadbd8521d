"""Where things lie: facts (archive and lake), decisions (SQL), derived (a cache that may be deleted). Only this
package knows a path or a database address."""
