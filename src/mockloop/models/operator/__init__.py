"""What models used, for the operator of an installation: everybody's calls, added up."""
