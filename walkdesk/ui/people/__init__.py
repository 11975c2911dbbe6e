"""The register of 業務従事者: who works here, who is trained, who is designated."""
