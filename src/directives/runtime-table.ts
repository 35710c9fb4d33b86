/** What is known of a language's runtime before an image is looked at. Where its files are is found in the donor, in the build. */
export interface Runtime {
  /** The repository of the hardened image that has it. */
  readonly repository: string;
  /** Whether its tools (npm, javac) are in the development image only. */
  readonly development: boolean;
  /** Words of that image's tag. */
  readonly words?: readonly string[];
  /** An example of a version. */
  readonly version: string;
  /** Runtimes with one name here can't stand in a stage together. */
  readonly language: string;
  /** The variables of the donor that its programs read. */
  readonly variables: RegExp;
  /** Alpine's packages of it, for a version where their names tell one. */
  alpine(version: string | undefined): string;
}

const java = { repository: "eclipse-temurin", version: "21", language: "java", variables: /^(?:JAVA|JDK|JRE)_/ };

function major(version: string | undefined, example: string): string {
  return (version ?? example).split(".", 1)[0] ?? "";
}

/** By the word of DHI-RUNTIME. */
export const runtimes: Readonly<Record<string, Runtime>> = {
  node: {
    repository: "node",
    development: true,
    version: "22",
    language: "node",
    variables: /^(?:NODE|NPM|YARN|COREPACK)_/,
    alpine: () => "nodejs npm",
  },
  python: {
    repository: "python",
    development: false,
    version: "3.13",
    language: "python",
    variables: /^(?:PYTHON|PIP_)/,
    alpine: () => "python3",
  },
  java: { ...java, development: false, alpine: (version) => `openjdk${major(version, "21")}-jre` },
  jdk: { ...java, development: true, words: ["jdk"], alpine: (version) => `openjdk${major(version, "21")}-jdk` },
  dotnet: {
    repository: "dotnet",
    development: false,
    version: "10.0",
    language: "dotnet",
    variables: /^(?:DOTNET_|ASPNET_VERSION$)/,
    alpine: (version) => `dotnet${major(version, "10")}-runtime`,
  },
  go: {
    repository: "golang",
    development: false,
    version: "1.26",
    language: "go",
    variables: /^(?:GO[A-Z]+|GOLANG_VERSION)$/,
    alpine: () => "go",
  },
  ruby: {
    repository: "ruby",
    // The runtime image has neither gem nor bundle.
    development: true,
    version: "3.4",
    language: "ruby",
    variables: /^(?:RUBY|GEM_|BUNDLE_)/,
    alpine: () => "ruby",
  },
};
