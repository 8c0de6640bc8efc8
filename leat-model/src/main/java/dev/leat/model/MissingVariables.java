package dev.leat.model;

/** Tells of each {@code ${NAME}} that has no value, by its name and never by a value. */
record MissingVariables(Problems problems) {

  void in(Yaml value) {
    switch (value) {
      case Yaml.Scalar scalar -> scalar.missing().forEach(name -> missing(scalar.at(), name));
      case Yaml.Items items -> items.items().forEach(this::in);
      case Yaml.Mapping mapping -> mapping.entries().forEach(e -> in(e.value()));
    }
  }

  private void missing(Location at, String name) {
    problems.add(
        at,
        ErrorCode.MISSING_VARIABLE,
        "${" + name + "} has no value.",
        "Set "
            + name
            + " in the environment, or in the file "
            + Variables.SECRETS_FILE
            + " names.");
  }
}
