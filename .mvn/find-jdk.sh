# Sourced by ./mvnw and ./changeover: sets JAVA_HOME to a JDK of version 25 or later, from JAVA_HOME, PATH, /usr/lib/jvm or SDKMAN.
changeover_jdk_version() {
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

changeover_find_jdk() {
  on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/*; do
    [ -n "$candidate" ] || continue
    version=$(changeover_jdk_version "$candidate")
    if [ "${version:-0}" -ge 25 ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "Changeover needs a JDK of version 25 or later. Looked at JAVA_HOME (${JAVA_HOME:-unset}), PATH, /usr/lib/jvm and ~/.sdkman/candidates/java. Install one (Temurin 25, for instance) or set JAVA_HOME." >&2
  return 1
}

changeover_find_jdk
