/** Where the catalogue lies. A module of its own, because in the bundles it lies beside them (build.ts). */
export const catalogFile = new URL("../../images/catalog.json", import.meta.url);

/** The declared packages of each image, which only checks and docs ask for. */
export const packagesFile = new URL("../../images/catalog-packages.json", import.meta.url);

/** Which packages bring a program. */
export const programsFile = new URL("../../images/programs.json", import.meta.url);
